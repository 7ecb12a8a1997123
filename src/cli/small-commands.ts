import type { Command } from 'commander';

/** The commands that have no options of their own to speak of. */
export function addSmallCommands(program: Command): void {
  program
    .command('keep')
    .description("make the newest live run's recording the demo's own, which git keeps")
    .argument('[demo...]', 'names of demos; without any, all that have one')
    .option('--deck <file>', 'the Markdown file', 'slides/talk.md')
    .action(async (demos: string[], { deck }: { deck: string }) => {
      const { runKeep } = await import('../talk/demos/keep.ts');
      await runKeep(demos, deck);
    });
  program
    .command('sweep')
    .description('remove what a Deckhand that was killed left on the engine')
    .option('--engine <address>', 'Docker or Podman socket or URL')
    .action(async ({ engine }: { engine?: string }) => {
      const { runSweep } = await import('./sweep.ts');
      await runSweep(engine);
    });
}
