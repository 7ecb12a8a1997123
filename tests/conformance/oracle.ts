/** pandoc 3.10 itself, from its own WebAssembly build. Started once, asked many times. */

export interface Oracle {
  /** What stands inside `.slides`, title slide included. */
  compile(markdown: string): Promise<string>;
}

interface PandocModule {
  convert(
    options: Record<string, unknown>,
    stdin: string,
    files: Record<string, string>,
  ): Promise<{ stdout: string; stderr: string }>;
  query(options: Record<string, unknown>): unknown;
}

const OPTIONS = {
  from: 'markdown',
  to: 'revealjs',
  'slide-level': 2,
  wrap: 'none',
  standalone: true,
  'html-math-method': { method: 'mathjax' },
};

export async function startOracle(): Promise<Oracle> {
  // The package has no types.
  const name = 'pandoc-wasm';
  const pandoc = (await import(name)) as PandocModule;
  const version = pandoc.query({ query: 'version' });
  if (version !== '3.10')
    throw new Error(`The oracle is pandoc ${String(version)}, the rules are those of 3.10.`);
  return {
    async compile(markdown) {
      const { stdout, stderr } = await pandoc.convert(OPTIONS, markdown, {});
      if (stdout === '') throw new Error(`pandoc gave no answer: ${stderr}`);
      return insideSlides(stdout);
    },
  };
}

function insideSlides(page: string): string {
  const opening = '<div class="slides">';
  const start = page.indexOf(opening) + opening.length;
  const end = page.search(/\n {4}<\/div>\n {2}<\/div>\n\n {2}<script/);
  return page.slice(start, end);
}
