import type { Command } from 'commander';
import { toPort } from './to-port.ts';

interface FollowFlags {
  relay: string;
  host: string;
  port: string;
}

/** `deckhand follow`: for the process beside the one that presents. */
export function addFollowCommand(program: Command): void {
  program
    .command('follow')
    .description('serve a talk that another Deckhand presents with --relay to more followers, read-only')
    .requiredOption('--relay <address>', 'where it is told: nats://host:4222/name')
    .option('-p, --port <number>', 'port to serve it on', '4100')
    .option(
      '--host <address>',
      'address of this machine to serve it on; 0.0.0.0 for all of them',
      '127.0.0.1',
    )
    .addHelpText('after', FOLLOW_HELP)
    .action(async ({ relay, host, port }: FollowFlags) => {
      const { runFollow } = await import('./follow.ts');
      await runFollow({ relay, host, port: toPort(port) });
    });
}

const FOLLOW_HELP = `
Start several of them behind one address (a proxy that leads to those that answer): when one ends, its followers
are with another one in a second. It needs no deck and no engine, and changes nothing in the talk.
Who may publish at the NATS server decides what followers see: give it a password when others reach it.`;
