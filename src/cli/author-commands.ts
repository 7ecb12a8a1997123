import type { Command } from 'commander';
import { deckArgument } from './options/deck-option.ts';

/** The commands that an author begins with. */
export function addAuthorCommands(program: Command, version: string): void {
  program
    .command('new')
    .description('begin a talk: slides of everything, and a demo with its recording')
    .argument('<folder>', 'a new or empty folder')
    .option('--theme <name>', 'how it looks: dark, light, auto, or one of reveal.js’s themes')
    .option('--from <deck...>', 'begin with a deck of yours: deck.md, or marp|slidev|reveal-md deck.md')
    .action(async (folder: string, flags: { theme?: string; from?: string[] }) => {
      const { runNew } = await import('./new.ts');
      await runNew({ folder, ...flags });
    });
  program
    .command('themes')
    .description('write a picture of the whole deck in each theme')
    .addArgument(deckArgument())
    .option('-o, --output <folder>', 'the folder for them', 'themes')
    .action(async (deck: string | undefined, { output }: { output: string }) => {
      const { runThemes } = await import('./themes.ts');
      await runThemes({ deck, output, version });
    });
  program
    .command('report')
    .description(
      'say how long the newest talk given with --rehearse-talk stayed on each slide, beside its plan',
    )
    .addArgument(deckArgument())
    .option('--json', 'print it as JSON')
    .option('-o, --output <file>', 'write it as an HTML page')
    .action(async (deck: string | undefined, options: { json?: boolean; output?: string }) => {
      const { runReport } = await import('./report.ts');
      await runReport({ deck, ...options });
    });
}
