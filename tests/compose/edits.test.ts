import { expect, test } from 'vitest';
import { readFiles } from './parse-demo.ts';

const COMPOSE = 'services: {web: {image: x}}\nx-demo:\n  edit: [app.py]\n  edits: {fix: fix.patch}\n';
const APP = 'def hello():\n    return "one"\n';
const PATCH =
  '--- a/app.py\n+++ b/app.py\n@@ -1,2 +1,2 @@\n def hello():\n-    return "one"\n+    return "two"\n';

test('files that may be edited are views, and prepared edits are read with the demo', async () => {
  const { demo, diagnostics } = await readFiles({
    'compose.yaml': COMPOSE,
    'app.py': APP,
    'fix.patch': PATCH,
  });
  expect(diagnostics).toEqual([]);
  expect(demo?.edit).toEqual(['app.py']);
  expect(demo?.edits).toEqual([{ name: 'fix', file: 'app.py', patch: PATCH }]);
});

test.each([
  [
    'a patch that does not fit',
    { 'app.py': 'other\n', 'fix.patch': PATCH },
    "fix.patch doesn't fit app.py: hunk 1",
  ],
  [
    'a file that is no patch',
    { 'app.py': APP, 'fix.patch': 'hello\n' },
    "fix.patch doesn't fit app.py: it has no hunk",
  ],
  [
    'a patch of another file',
    { 'app.py': APP, 'fix.patch': PATCH.replaceAll('app.py', 'b.py') },
    'changes b.py, which is not in x-demo.edit',
  ],
  ['a patch that is not there', { 'app.py': APP }, 'there is no file fix.patch'],
  ['a file to edit that is not there', { 'fix.patch': PATCH }, 'there is no file app.py'],
])('%s is a mistake that check finds', async (_what, files, message) => {
  const { diagnostics } = await readFiles({
    'compose.yaml': COMPOSE,
    ...(files as Record<string, string>),
  });
  expect(diagnostics.map((one) => one.message).join('\n')).toContain(message);
});

test.each(['../secret', '/etc/passwd', 'a/../../b'])(
  '%s is not in the folder, and can not be edited',
  async (file) => {
    const text = `services: {web: {image: x}}\nx-demo:\n  edit: ["${file}"]\n`;
    const { diagnostics } = await readFiles({ 'compose.yaml': text });
    expect(diagnostics.map((one) => `${one.message} ${one.hint}`).join('\n')).toContain(
      "Expected a file inside the demo's folder",
    );
  },
);

test('a demo runs although a prepared edit does not fit: only that edit is missing', async () => {
  const files = { 'compose.yaml': COMPOSE, 'app.py': 'other\n', 'fix.patch': PATCH };
  const { demo, diagnostics } = await readFiles(files);
  expect(diagnostics).toMatchObject([{ code: 'bad-patch' }]);
  expect(demo).toMatchObject({ edit: ['app.py'] });
  expect(demo?.edits).toBeUndefined();
});
