import { Option, type Command } from 'commander';
import { RELAY_VARIABLE, warnOfPassword } from './options/relay-option.ts';
import { toPort } from './options/to-port.ts';

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
    .addOption(
      new Option(
        '--relay <address>',
        'where it is told, as `present --relay` prints it: nats://host:4222/name#key',
      )
        .env(RELAY_VARIABLE)
        .makeOptionMandatory(),
    )
    .option('-p, --port <number>', 'port to serve it on', '4100')
    .option(
      '--host <address>',
      'address of this machine to serve it on; 0.0.0.0 for all of them',
      '127.0.0.1',
    )
    .addHelpText('after', FOLLOW_HELP)
    .action(async ({ relay, host, port }: FollowFlags) => {
      warnOfPassword(relay);
      const { runFollow } = await import('./follow.ts');
      await runFollow({ relay, host, port: toPort(port) });
    });
}

const FOLLOW_HELP = `
Start several of them behind one address (a proxy that leads to those that answer): when one ends, its followers
are with another one in a second. It needs no deck and no engine, and changes nothing in the talk.
It believes only what is signed with the key behind #, so nobody else at the NATS server can show another talk.
With a password in the address, put it into DECKHAND_RELAY instead of --relay: arguments can be seen by others.`;
