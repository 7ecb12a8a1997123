import type { Command } from 'commander';
import { deckArgument } from './options/deck-option.ts';
import type { PrintFlags } from './options/print-options.ts';
import type { PngFlags } from './png.ts';

/** The commands that make something of a deck to be given away: paper, pictures, a script, a site. */
export function addPublishCommands(program: Command, version: string): void {
  addPdf(program, version);
  addOthers(program, version);
}

function addPdf(program: Command, version: string): void {
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
          version,
        });
      },
    );
}

function addOthers(program: Command, version: string): void {
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
      await runPng({ deck, ...flags, version });
    });
  program
    .command('notes')
    .description("write the talk's script: the notes, each slide's picture beside them")
    .addArgument(deckArgument())
    .option('-o, --output <file>', 'where to write it: .md, .html or .pdf', 'notes.html')
    .action(async (deck: string | undefined, { output }: { output: string }) => {
      const { runNotes } = await import('./notes.ts');
      await runNotes({ deck, output, version });
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
        version,
        deck,
        output: options.output ?? (isSingle ? 'talk.html' : 'site'),
      };
      await (isSingle ? runSingleFile(build) : runBuild(build));
    });
}

interface BuildFlags {
  output?: string;
  singleFile?: boolean;
  animations: boolean;
  notes: boolean;
}
