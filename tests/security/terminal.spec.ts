import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { deckhand } from '../e2e/deckhand.ts';
import { makeFolder } from '../engine/test-engine.ts';

// oxlint-disable-next-line no-control-regex -- they are control characters
const STEERS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
const ESCAPES = '\u001b]52;c;cm0gLXJm\u0007\u001b[2J\u009b1A\r\u202e';

test("a stranger's deck and its demo say nothing to the terminal but words", async () => {
  const name = `evil${ESCAPES}`;
  await using made = await makeFolder({
    'talk.md': `% Title ${ESCAPES}\n\n## One ${ESCAPES} {a b}\n\n![${name}](${ESCAPES}.png)\n\n::: {.demo name="d" views="x${ESCAPES}"}\n:::\n`,
    'demos/d/compose.yaml': `name: d\nservices: {"w${ESCAPES}": {build: .}}\n`,
  });
  for (const args of [
    ['check', 'talk.md'],
    ['check', 'talk.md', '--json'],
    ['preflight', 'talk.md', '--engine', 'none', '--port', '0'],
    ['pack', 'talk.md', '--no-images'],
    ['pdf', `${ESCAPES}.md`],
    ['rehearse', '--deck', 'talk.md', ESCAPES],
  ]) {
    const { stdout, stderr } = await deckhand(args, made.folder);
    expect(`${stdout}${stderr}`, args[0]).not.toMatch(STEERS);
    expect(`${stdout}${stderr}`.length, args[0]).toBeGreaterThan(10);
  }
  const compiled = await deckhand(['compile', join(made.folder, 'talk.md')]);
  expect(compiled.stdout).toContain('\u001b]52');
});
