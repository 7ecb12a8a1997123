import { readFile } from 'node:fs/promises';
import Ajv from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { SCHEMA_NAMES, schemaText } from '../../src/talk/schemas.ts';

const check = (name: 'deck' | 'x-demo') => new Ajv({ strict: false }).compile(JSON.parse(schemaText(name)));

describe('schemas for editors', () => {
  test.each(SCHEMA_NAMES)('the published one of %s is the one that the command prints', async (name) => {
    const file = new URL(`../../schemas/${name}.json`, import.meta.url);
    expect(await readFile(file, 'utf8')).toBe(schemaText(name));
  });

  test('x-demo takes what a demo may say, and names what it may not', () => {
    const isFine = check('x-demo');
    const demo = {
      title: 'The shop',
      views: ['dockerfile', 'app'],
      app: { service: 'web', port: 8000 },
      commands: { health: 'curl localhost', migrate: { run: 'migrate', budget: '20s', expect: { exit: 0 } } },
      typing: 'keys',
      run: { sql: 'psql' },
    };
    expect(isFine(demo), JSON.stringify(isFine.errors)).toBe(true);
    expect(isFine({ ...demo, typing: 'fast' })).toBe(false);
    expect(isFine({ ...demo, titel: 'The shop' })).toBe(false);
  });

  test('a deck’s YAML block may have more than Deckhand knows, but no theme that there isn’t', () => {
    const isFine = check('deck');
    expect(isFine({ title: 'A', author: ['B', 'C'], theme: 'solarized', bibliography: 'x.bib' })).toBe(true);
    expect(isFine({ theme: 'own.css', css: 'more.css', transition: 'fade' })).toBe(true);
    expect(isFine({ theme: 'sunny' })).toBe(false);
    expect(isFine({ 'slide-level': 9 })).toBe(false);
  });
});
