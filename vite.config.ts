import { defineConfig } from 'vite';

/** Two bundles: what runs in the browser, and the command line with everything that it starts fast with. */
export default defineConfig(({ isSsrBuild }) => (isSsrBuild === true ? commandLine : browser));

const browser = {
  publicDir: 'public',
  build: {
    outDir: 'dist/browser',
    manifest: true,
    target: 'es2022',
    // Fonts stay files: most of them are for alphabets that a deck doesn't use.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 600,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: ['src/browser/main.ts', 'src/browser/speaker.ts', 'src/browser/math.ts'],
    },
  },
  worker: { format: 'es' as const },
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
    external: ['playwright', 'protobufjs', 'vite', 'open', 'katex'],
  },
};
