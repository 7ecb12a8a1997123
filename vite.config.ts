import { readFileSync } from 'node:fs';
import { Ajv2020, type AnySchemaObject } from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { defineConfig } from 'vite';
import { revealThemes, THEME_INPUTS } from './vite.themes.ts';

/**
 * What runs in the browser, in parts that load when they are needed; the same in one piece, for pages that no server
 * serves; what starts both; and the command line with everything that it starts fast with.
 */
export default defineConfig(({ isSsrBuild, mode }) => {
  if (isSsrBuild === true) return commandLine;
  if (mode === 'boot') return boot;
  return mode === 'whole' ? whole : browser;
});

const PAGES = ['main', 'speaker', 'remote', 'follow', 'print', 'math', 'site-worker', 'away-worker'];

const browser = {
  publicDir: 'public',
  plugins: [revealThemes],
  // A published deck may stand anywhere.
  base: './',
  build: {
    outDir: 'dist/browser',
    manifest: true,
    target: 'es2022',
    // Fonts stay files: most of them are for alphabets that a deck doesn't use.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 600,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: {
        ...Object.fromEntries(PAGES.map((name) => [name, `src/browser/pages/${name}.ts`])),
        ...THEME_INPUTS,
      },
      output: {
        // A service worker answers for addresses beside its own, and is looked for under the same name again.
        entryFileNames: ({ name }: { name: string }) =>
          name === 'away-worker' ? '[name].js' : 'assets/[name]-[hash].js',
      },
    },
  },
  worker: { format: 'es' as const },
};

/** Only a script: the style sheets and fonts that go with it are those of `browser`. */
const whole = {
  publicDir: false as const,
  plugins: [
    {
      name: 'without-styles',
      enforce: 'pre' as const,
      load: (id: string) => (id.endsWith('.css') ? '' : undefined),
    },
  ],
  build: {
    outDir: 'dist/whole',
    target: 'es2022',
    chunkSizeWarningLimit: 1200,
    rollupOptions: {
      input: 'src/browser/pages/whole.ts',
      output: { format: 'iife' as const, entryFileNames: 'whole.js' },
      // No module, so no place of its own to load more from: nor is there more to load.
      transform: { define: { 'import.meta': '{}' } },
    },
  },
};

/** The script that stands in each page and loads the rest. */
const boot = {
  publicDir: false as const,
  build: {
    outDir: 'dist/boot',
    target: 'es2022',
    rollupOptions: {
      input: 'src/browser/boot/boot.ts',
      output: { format: 'iife' as const, entryFileNames: 'boot.js' },
    },
  },
};

/** What `src/compose/spec/validate.ts` makes when it is loaded, made now: it takes half a second. */
function compileComposeSchema(): string {
  const spec = JSON.parse(readFileSync('src/compose/spec/compose-spec.json', 'utf8')) as AnySchemaObject;
  const code = { source: true, esm: true };
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false, code });
  // Its types say that it is the module itself; Node has it inside.
  const toCode = (
    'default' in standaloneCode ? standaloneCode.default : standaloneCode
  ) as typeof standaloneCode;
  const text = toCode(ajv, ajv.compile(spec));
  const equal = text.replaceAll('require("ajv/dist/runtime/equal").default', 'isSame');
  return `import { isSame } from '../model/tree.ts';\n${equal}`;
}

const commandLine = {
  publicDir: false as const,
  plugins: [
    {
      name: 'compiled-compose-schema',
      enforce: 'pre' as const,
      load: (id: string) =>
        id.endsWith('/src/compose/spec/validate.ts') ? compileComposeSchema() : undefined,
    },
  ],
  build: {
    ssr: true,
    outDir: 'dist/cli',
    target: 'node20',
    minify: false,
    // Flat: the code finds the browser's bundle beside its own folder.
    rollupOptions: { input: 'src/cli/deckhand.ts', output: { chunkFileNames: '[name]-[hash].js' } },
  },
  // Bundled: opening a hundred small files is most of what starting takes. Left out: large, native, or rarely needed.
  ssr: {
    noExternal: true as const,
    external: ['playwright', 'protobufjs', 'systeminformation', 'vite', 'open', 'katex'],
  },
};
