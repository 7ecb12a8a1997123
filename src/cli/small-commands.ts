import { Argument, type Command } from 'commander';
import { deckOption } from './options/deck-option.ts';

/** The commands that have no options of their own to speak of. */
export function addSmallCommands(program: Command): void {
  program
    .command('keep')
    .description("make the newest live run's recording the demo's own, which git keeps")
    .argument('[demo...]', 'names of demos; without any, all that have one')
    .addOption(deckOption())
    .action(async (demos: string[], { deck }: { deck?: string }) => {
      const { runKeep } = await import('../talk/demos/keep.ts');
      await runKeep(demos, deck);
    });
  program
    .command('trust')
    .description(
      'allow what a demo asks for beyond the default, on this machine and for its files as they are',
    )
    .argument('<demo>', 'the name of a demo')
    .addOption(deckOption())
    .option('--yes', 'allow it without asking')
    .option('--forget', 'take back what was allowed')
    .action(async (demo: string, options: { deck?: string; yes?: boolean; forget?: boolean }) => {
      const { runTrust } = await import('./trust.ts');
      await runTrust(demo, options);
    });
  program
    .command('explain')
    .description('say what a message means, with an example and its fix')
    .argument('[code]', 'the word behind "error:" or "warning:"; without it, all of them are listed')
    .action(async (code: string | undefined) => {
      const { runExplain } = await import('./explain.ts');
      runExplain(code);
    });
  program
    .command('schema')
    .description("print what an editor checks and completes by: of a deck's YAML block, or of x-demo")
    .addArgument(new Argument('<name>', 'which one').choices(['deck', 'x-demo']))
    .action(async (name: 'deck' | 'x-demo') => {
      const { schemaText } = await import('../talk/schemas.ts');
      process.stdout.write(schemaText(name));
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
