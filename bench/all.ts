/** `npm run bench`: every benchmark, one after the other, as Markdown tables. Run it with nothing else going on. */
export async function benchAll(): Promise<void> {
  for (const name of [
    'present',
    'stage',
    'compile',
    'replay',
    'engine',
    'compose-up',
    'reset',
    'switch',
    'site',
    'export',
    'followers',
  ])
    await import(`./${name}.ts`);
}

await benchAll();
