import { defineConfig } from 'vite';

/**
 * What runs in the browser, in parts that load when they are needed; the same in one piece, for pages that no server
 * serves; what starts both; and the command line with everything that it starts fast with.
 */
export default defineConfig(({ isSsrBuild, mode }) => {
  if (isSsrBuild === true) return commandLine;
  if (mode === 'boot') return boot;
  return mode === 'whole' ? whole : browser;
});

const browser = {
  publicDir: 'public',
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
      input: ['main', 'speaker', 'remote', 'follow', 'print', 'math', 'site-worker', 'away-worker'].map(
        (name) => `src/browser/pages/${name}.ts`,
      ),
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

const commandLine = {
  publicDir: false as const,
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
