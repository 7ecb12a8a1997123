#!/usr/bin/env node
import { Command } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { UserError } from '../demo/user-error.ts';
import { toBrowserProblem } from './text/browser-problem.ts';
import { collectPatterns } from './options/redact-patterns.ts';
import { addFollowCommand } from './follow-command.ts';
import { guardTerminal, writeOutput } from './guard-terminal.ts';
import { addPresentCommand } from './present-command.ts';
import { REHEARSE_HELP } from './text/rehearse-help.ts';
import { addAuthorCommands } from './author-commands.ts';
import { addPublishCommands } from './publish-commands.ts';
import { addSmallCommands } from './small-commands.ts';
import { toPort } from './options/to-port.ts';
import { WRITERS } from '../talk/writers.ts';
import { deckArgument, deckOption } from './options/deck-option.ts';

/** sysexits.h: a fault of the program itself. */
const EXIT_BUG = 70;

guardTerminal(process.stdout);
guardTerminal(process.stderr);

const program = new Command('deckhand')
  .description(packageJson.description)
  .version(packageJson.version)
  .showHelpAfterError('(deckhand --help lists the commands)');

addPresentCommand(program, packageJson.version);
addFollowCommand(program);

program
  .command('check')
  .description('say what is wrong with a deck: file:line:column, and what to write instead')
  .addArgument(deckArgument())
  .option('--json', 'for machines')
  .option('--layout', 'measure every slide in a browser: which are higher than their page')
  .action(async (deck: string | undefined, options: { json?: boolean; layout?: boolean }) => {
    const { runCheckCommand } = await import('./check-command.ts');
    process.exitCode = await runCheckCommand({ deck, ...options, version: packageJson.version });
  });

program
  .command('compile')
  .description("print the deck's sections as HTML, problems to stderr")
  .argument('<deck>', 'the Markdown file')
  .option('--slide-level <number>', 'level of the headings that start slides')
  .action(async (deck: string, { slideLevel }: { slideLevel?: string }) => {
    const { runCompile } = await import('./compile.ts');
    const level = slideLevel === undefined ? {} : { slideLevel: toSlideLevel(slideLevel) };
    process.exitCode = await runCompile(deck, level, { ...WRITERS, stdout: writeOutput });
  });

program
  .command('preflight')
  .description('look at all that the talk needs on this machine: engine, images, recordings, deck, clock …')
  .addArgument(deckArgument())
  .option('-p, --port <number>', 'port that the deck will be presented at', '4100')
  .option('--engine <address>', 'Docker or Podman socket or URL')
  .option('--json', 'for machines: {at, tookMs, checks: [{name, state, what, next}]}')
  .addHelpText(
    'after',
    '\nExit code: 0 when all is fine or worth a look, 1 when something must be put right.',
  )
  .action(async (deck: string | undefined, options: { port: string; engine?: string; json?: boolean }) => {
    const { runPreflight } = await import('./preflight.ts');
    process.exitCode = await runPreflight({ deck, ...options, port: toPort(options.port) });
  });

program
  .command('rehearse')
  .description(
    "run the deck's demos twice from clean on the real engine, check what is expected, record them",
  )
  .argument('[demo...]', 'names of demos; without any, all that the deck shows')
  .addOption(deckOption())
  .option('--engine <address>', 'Docker or Podman socket or URL')
  .option('--cold', 'the first time without the build cache')
  .option('--offline', 'as if there were no network; see below for what that cuts off')
  .option('--no-record', "don't replace the recordings")
  .option(
    '--redact <pattern>',
    'keep what matches out of recordings (regular expression; repeatable)',
    collectPatterns,
  )
  .option('--json', 'for machines')
  .addHelpText('after', REHEARSE_HELP)
  .action(async (demos: string[], options: RehearseFlags) => {
    const { runRehearse } = await import('./rehearse.ts');
    process.exitCode = await runRehearse({ demos, ...options, redact: options.redact ?? [] });
  });

program
  .command('pack')
  .description(
    'put a deck into one file, with demos, images, recordings and PDF, for a laptop without a network',
  )
  .addArgument(deckArgument())
  .option('-o, --output <file>', "where to write it (default: the deck's name, .deckhand)")
  .option('--no-images', "without the engine's images: smaller, and demos play their recordings")
  .option('--engine <address>', 'Docker or Podman socket or URL')
  .action(
    async (deck: string | undefined, options: { output?: string; images: boolean; engine?: string }) => {
      const { runPack } = await import('./pack.ts');
      await runPack({ deck, ...options, version: packageJson.version });
    },
  );

program
  .command('unpack')
  .description('unpack a deck that `deckhand pack` made, check all of it, and give its images to the engine')
  .argument('<file>', 'the pack')
  .option('-o, --output <folder>', "where to unpack it (default: the pack's name)")
  .option('--no-images', 'leave the engine as it is')
  .option('--force', 'into a folder that is not empty: replaces what the pack has too')
  .option('--engine <address>', 'Docker or Podman socket or URL')
  .action(async (file: string, options: UnpackFlags) => {
    const { runUnpack } = await import('./unpack.ts');
    await runUnpack({ file, ...options });
  });

addPublishCommands(program, packageJson.version);
addAuthorCommands(program, packageJson.version);
addSmallCommands(program);

interface RehearseFlags {
  deck?: string;
  engine?: string;
  cold?: boolean;
  offline?: boolean;
  record: boolean;
  redact?: readonly RegExp[];
  json?: boolean;
}

interface UnpackFlags {
  output?: string;
  images: boolean;
  force?: boolean;
  engine?: string;
}

function toSlideLevel(text: string): number {
  const level = Number(text);
  if (Number.isInteger(level) && level >= 1 && level <= 6) return level;
  throw new UserError(
    'bad-slide-level',
    `"${text}" is not a slide level.`,
    'Give a number from 1 to 6: --slide-level 2',
  );
}

program.parseAsync().catch((thrown: unknown) => {
  const error = toBrowserProblem(thrown) ?? thrown;
  if (error instanceof UserError) {
    process.stderr.write(`deckhand: ${error.message}\n  ${error.hint}\n`);
    process.exitCode = 1;
    return;
  }
  process.stderr.write(`deckhand: a bug in Deckhand, please report it:\n${errorStack(error)}\n`);
  process.exitCode = EXIT_BUG;
});

function errorStack(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
