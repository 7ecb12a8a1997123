#!/usr/bin/env node
import { Command } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { UserError } from '../demo/user-error.ts';
import { toBrowserProblem } from './text/browser-problem.ts';
import type { PngFlags } from './png.ts';
import type { PrintFlags } from './options/print-options.ts';
import { collectPatterns } from './options/redact-patterns.ts';
import { addFollowCommand } from './follow-command.ts';
import { guardTerminal, writeOutput } from './guard-terminal.ts';
import { addPresentCommand } from './present-command.ts';
import { REHEARSE_HELP } from './text/rehearse-help.ts';
import { addAuthorCommands } from './author-commands.ts';
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
  .command('pdf')
  .description('write the deck as a PDF: a page a slide, demos by their recordings')
  .addArgument(deckArgument())
  .option('-o, --output <file>', 'where to write it', 'talk.pdf')
  .option('--steps', 'a page for every step of a slide')
  .option('--notes [place]', 'notes below each slide on A4 or letter; --notes=pages on pages of their own')
  .option('--handout <slides>', '2, 3, 4 or 6 slides on a sheet; with 3, lines to write on')
  .option('--range <slides>', 'only these slides, counted from 1: 3-12, 5, 10- or 1-3,7')
  .option('--size <size>', '16:9, 4:3, A4 or letter (default: 16:9)')
  .option('--drawings', 'with what was drawn on the slides when the talk was given last')
  .option('--watch', 'write it again with every save')
  .action(
    async (
      deck: string | undefined,
      flags: PrintFlags & { output: string; drawings?: boolean; watch?: boolean },
    ) => {
      const [{ runPdf }, { toPrintLayout }] = await Promise.all([
        import('./pdf.ts'),
        import('./options/print-options.ts'),
      ]);
      const { output, drawings = false, watch = false } = flags;
      await runPdf({
        deck,
        output,
        drawings,
        watch,
        layout: toPrintLayout(flags),
        version: packageJson.version,
      });
    },
  );

program
  .command('png')
  .description(
    'write pictures: one a slide, a contact sheet of all, and a preview for social media (1200 × 630)',
  )
  .addArgument(deckArgument())
  .option(
    '-o, --output <folder>',
    'the folder for them; a .png file when there is only one to write',
    'pictures',
  )
  .option('--slide <number>', 'only this slide, counted from 1')
  .option('--contact-sheet', 'only the contact sheet')
  .option('--social', 'only the preview for social media')
  .option('--width <pixels>', 'how wide a slide is', '1920')
  .action(async (deck: string | undefined, flags: Omit<PngFlags, 'deck' | 'version'>) => {
    const { runPng } = await import('./png.ts');
    await runPng({ deck, ...flags, version: packageJson.version });
  });

program
  .command('notes')
  .description("write the talk's script: the notes, each slide's picture beside them")
  .addArgument(deckArgument())
  .option('-o, --output <file>', 'where to write it: .md, .html or .pdf', 'notes.html')
  .action(async (deck: string | undefined, { output }: { output: string }) => {
    const { runNotes } = await import('./notes.ts');
    await runNotes({ deck, output, version: packageJson.version });
  });

program
  .command('build')
  .description('publish the deck: a static site whose demos replay, or all of it in one HTML file')
  .addArgument(deckArgument())
  .option('-o, --output <path>', 'the folder (site), or the file (talk.html)')
  .option('--single-file', 'one HTML file that opens with a double click')
  .option('--no-animations', 'in a single file, animated GIFs by their first frame')
  .option('--no-notes', 'without what is for the speaker only: notes, planned times')
  .action(async (deck: string | undefined, options: BuildFlags) => {
    const { runBuild, runSingleFile } = await import('./build.ts');
    const isSingle = options.singleFile === true;
    const build = {
      ...options,
      version: packageJson.version,
      deck,
      output: options.output ?? (isSingle ? 'talk.html' : 'site'),
    };
    await (isSingle ? runSingleFile(build) : runBuild(build));
  });

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

addAuthorCommands(program, packageJson.version);
addSmallCommands(program);

interface BuildFlags {
  output?: string;
  singleFile?: boolean;
  animations: boolean;
  notes: boolean;
}

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
