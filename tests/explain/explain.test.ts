import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { compileDeck } from '../../src/deck/compile.ts';
import { DECK_EXPLANATIONS } from '../../src/explain/deck-explanations.ts';
import { explainCode, explanationsPage } from '../../src/explain/explain.ts';
import { PROJECT_EXPLANATIONS } from '../../src/explain/project-explanations.ts';
import { REFERENCE_EXPLANATIONS } from '../../src/explain/reference-explanations.ts';
import { RUN_EXPLANATIONS } from '../../src/explain/run-explanations.ts';
import { parseDemo } from '../compose/parse-demo.ts';

const SRC = fileURLToPath(new URL('../../src/', import.meta.url));

/** The codes that files below `folder` have in their messages. */
async function codesIn(folder: string, pattern: RegExp): Promise<Set<string>> {
  const names = await readdir(SRC + folder, { recursive: true });
  const texts = await Promise.all(
    names.filter((name) => name.endsWith('.ts')).map((name) => readFile(`${SRC}${folder}/${name}`, 'utf8')),
  );
  return new Set(texts.flatMap((text) => [...text.matchAll(pattern)].map(([, code]) => code ?? '')));
}

const CODE = /(?:error|warning)\(\s*'([a-z0-9]+(?:-[a-z0-9]+)+)'/gu;

const OF_DECKS = [...DECK_EXPLANATIONS, ...REFERENCE_EXPLANATIONS];

describe('deckhand explain', () => {
  test('knows every message of the compiler and the linter, and no other', async () => {
    const codes = new Set([...(await codesIn('deck/messages', CODE)), ...(await codesIn('deck/lint', CODE))]);
    expect(OF_DECKS.map(({ code }) => code).toSorted()).toEqual([...codes].toSorted());
  });

  test('knows every message about a project', async () => {
    const codes = await codesIn('compose', /\bcode: '([a-z-]+)'/gu);
    codes.delete('custom');
    const known = PROJECT_EXPLANATIONS.map(({ code }) => code);
    for (const code of codes) if (code !== 'bad-yaml') expect(known, code).toContain(code);
  });

  test('speaks of no code of a run that there isn’t', async () => {
    const all = await codesIn('.', /'([a-z-]+)'/gu);
    for (const { code } of RUN_EXPLANATIONS) expect(all.has(code), code).toBe(true);
  });

  const decks = OF_DECKS.filter(({ wrong }) => wrong !== undefined);
  test.each(decks)(
    '$code: its example has the fault, and the fix has not',
    ({ code, wrong = '', right = '' }) => {
      const codesOf = (text: string) => compileDeck(text).diagnostics.map((one) => one.code);
      expect(codesOf(wrong)).toContain(code);
      expect(codesOf(right)).not.toContain(code);
    },
  );

  const projects = PROJECT_EXPLANATIONS.filter(({ wrong }) => wrong !== undefined);
  test.each(projects)(
    '$code: its project has the fault, and the fix has not',
    async ({ code, wrong = '', right = '' }) => {
      const codesOf = async (text: string) =>
        ((await parseDemo(text, 'x')).diagnostics ?? []).map((one) => one.code);
      expect(await codesOf(wrong)).toContain(code);
      expect(await codesOf(right)).not.toContain(code);
    },
  );

  test('says what a code means, with an example and its fix', () => {
    expect(explainCode('heading-needs-space')).toBe(
      'heading-needs-space\n\nAs in pandoc, a heading needs a space after its hashes.\n\nFor example:\n\n    ##Title\n\nInstead:\n\n    ## Title\n',
    );
    expect(explainCode('nothing')).toBeUndefined();
  });

  test('and docs/messages.md say the same', async () => {
    const page = await readFile(new URL('../../docs/messages.md', import.meta.url), 'utf8');
    expect(page).toBe(explanationsPage());
  });
});
