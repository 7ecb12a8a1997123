/** `npm run bench`: every benchmark, one after the other, as Markdown tables. Run it with nothing else going on. */
for (const name of ['present', 'compile']) await import(`./${name}.ts`);

export {};
