/** What a talk and the commands put together. */
const PARTS = ['debug', 'deck', 'demo', 'stage', 'engine', 'runner', 'server', 'relay', 'site', 'files'];

/** Who may import whom: the one table that ARCHITECTURE.md shows and the test checks, type imports included. */
export const IMPORT_TABLE: Record<string, readonly string[]> = {
  deck: [
    'marked',
    'highlight.js',
    'katex',
    'yaml',
    'get-east-asian-width',
    'decode-named-character-reference',
  ],
  demo: ['zod'],
  compose: ['demo', 'ajv', 'yaml', 'zod', 'node:'],
  stage: ['demo', 'zod'],
  files: ['demo', 'node:'],
  debug: [],
  engine: ['debug', 'demo', 'files', 'protobufjs', 'tar-stream', 'node:'],
  runner: ['debug', 'demo', 'compose', 'engine', 'files', 'node:'],
  server: ['debug', 'demo', 'stage', 'files', 'deck/deck.ts', 'hono', '@hono/node-server', 'zod', 'node:'],
  relay: ['demo', 'stage', 'server', 'files', '@nats-io/transport-node', 'node:'],
  site: ['deck', 'demo', 'stage', 'files', 'node:'],
  browser: [
    'demo',
    'stage',
    'reveal.js',
    'lit',
    'idiomorph',
    'highlight.js',
    'katex',
    '@xterm/xterm',
    '@xterm/addon-unicode11',
    'uqr',
  ],
  chromium: ['demo', 'runner', 'playwright', 'node:'],
  talk: [...PARTS, 'compose', 'chromium', 'playwright', 'systeminformation', 'zod', 'node:'],
  print: ['deck', 'stage', 'server', 'site', 'talk', 'chromium', 'playwright', '@cantoo/pdf-lib', 'node:'],
  pack: ['deck', 'demo', 'engine', 'runner', 'site', 'files', 'talk', 'tar-stream', 'zod', 'node:'],
  cli: [...PARTS, 'talk', 'print', 'pack', 'commander', 'open', 'playwright', 'uqr', 'node:', 'package.json'],
};
