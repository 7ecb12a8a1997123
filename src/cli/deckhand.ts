#!/usr/bin/env node
import { Command } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { UserError } from '../demo/user-error.ts';

/** sysexits.h: a fault of the program itself. */
const EXIT_BUG = 70;

const program = new Command('deckhand')
  .description(packageJson.description)
  .version(packageJson.version)
  .showHelpAfterError('(deckhand --help lists the commands)');

program
  .command('present', { isDefault: true })
  .description('present a deck in the browser, with live demos')
  .argument('[deck]', 'the Markdown file', 'slides/talk.md')
  .option('-p, --port <number>', 'port on this machine', '4100')
  .option('--no-open', "don't open the browser")
  .option('--no-record', "don't keep recordings of live runs")
  .option('--engine <address>', 'Docker or Podman socket or URL; "none" plays recordings only')
  .action(async (deck: string, options: PresentFlags) => {
    const { runPresent } = await import('./present.ts');
    await runPresent({ deck, ...options, port: toPort(options.port), version: packageJson.version });
  });

program
  .command('pdf')
  .description('write the deck as a PDF: a page a slide, demos by their recordings')
  .argument('[deck]', 'the Markdown file', 'slides/talk.md')
  .option('-o, --output <file>', 'where to write it', 'talk.pdf')
  .action(async (deck: string, options: { output: string }) => {
    const { runPdf } = await import('./pdf.ts');
    await runPdf({ deck, output: options.output, version: packageJson.version });
  });

interface PresentFlags {
  port: string;
  open: boolean;
  record: boolean;
  engine?: string;
}

function toPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new UserError('bad-port', `"${text}" is no port.`, 'Give a number from 1 to 65535: --port 4100');
}

program.parseAsync().catch((error: unknown) => {
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
