import { Option, type Command } from 'commander';
import type { LanFlags } from '../talk/open-lan.ts';
import { collectPatterns } from './options/redact-patterns.ts';
import { RELAY_VARIABLE, warnOfPassword } from './options/relay-option.ts';
import { toPort } from './options/to-port.ts';
import { deckArgument } from './options/deck-option.ts';

interface PresentFlags {
  port: string;
  open: boolean;
  prewarm?: boolean;
  record: boolean;
  spare: boolean;
  rehearseTalk?: boolean;
  fromStart?: boolean;
  redact?: readonly RegExp[];
  redactLive?: boolean;
  engine?: string;
  remote?: boolean;
  audience?: boolean;
  remoteHost?: string;
  remotePort?: string;
  relay?: string;
}

/** `deckhand present`, which is what `deckhand` alone does. */
export function addPresentCommand(program: Command, version: string): void {
  program
    .command('present', { isDefault: true })
    .description('present a deck in the browser, with live demos')
    .addArgument(deckArgument())
    .option('-p, --port <number>', 'port on this machine', '4100')
    .option('--no-open', "don't open the browser")
    .option('--prewarm', 'build what is missing in the background, before the talk')
    .option('--from-start', 'begin anew, also where Deckhand was killed in the middle of a talk')
    .option('--no-record', "don't keep recordings of live runs")
    .option('--no-spare', 'no warm copies of demos that are ready: less memory, slower resets')
    .option(
      '--rehearse-talk',
      'keep how long each slide took; the next talk shows whether it is ahead or behind',
    )
    .option(
      '--redact <pattern>',
      'keep what matches out of recordings (regular expression; repeatable)',
      collectPatterns,
    )
    .option('--redact-live', 'cover what matches --redact, and the demos’ secrets, on live screens as well')
    .option('--engine <address>', 'Docker or Podman socket or URL; "none" plays recordings only')
    .option('--remote', 'let a phone in the same network drive the talk: a code to scan pairs it')
    .option('--audience', "show the deck on everyone's own device in the same network, at your position")
    .option('--remote-host <address>', 'address of this machine for --remote and --audience (default: found)')
    .option('--remote-port <number>', 'port for --remote and --audience (default: the next one)')
    .addOption(
      new Option(
        '--relay <address>',
        'tell the talk to more followers through NATS: nats://host:4222/name',
      ).env(RELAY_VARIABLE),
    )
    .action(async (deck: string | undefined, options: PresentFlags) => {
      if (options.relay !== undefined) warnOfPassword(options.relay);
      const { runPresent } = await import('./present.ts');
      const { port, rehearseTalk = false, redact = [], ...flags } = options;
      const lan = toLanFlags(options);
      await runPresent({ deck, ...flags, redact, rehearseTalk, lan, port: toPort(port), version });
    });
}

/** Undefined when nobody asked for a second listener. */
function toLanFlags(flags: PresentFlags): LanFlags | undefined {
  const { remote = false, audience = false, remoteHost, remotePort } = flags;
  if (!remote && !audience) return undefined;
  const port = remotePort === undefined ? undefined : toPort(remotePort);
  return { isRemote: remote, isAudience: audience, host: remoteHost, port };
}
