import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { toRunView } from '../../src/demo/run/fold-run-event.ts';
import { makeFolder } from '../engine/test-engine.ts';
import { leftovers, startProject, uniqueName } from './run-demo.ts';

const APP = `import http.server
TEXT = 'one'
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers()
        self.wfile.write(TEXT.encode())
http.server.ThreadingHTTPServer(('', 8000), Handler).serve_forever()
`;
const PATCH = `--- a/app.py
+++ b/app.py
@@ -1,3 +1,3 @@
 import http.server
-TEXT = 'one'
+TEXT = 'two'
 class Handler(http.server.BaseHTTPRequestHandler):
`;

function compose(develop: string): string {
  return `services:
  web:
    build: .
    ports: ["8000"]
    stop_grace_period: 0s
${develop}
x-demo:
  edit: [app.py]
  edits: {two: two.patch}
`;
}

const FILES = {
  Dockerfile: 'FROM python:3.13-slim\nCOPY app.py /srv/\nCMD ["python", "-u", "/srv/app.py"]\n',
  'app.py': APP,
  'two.patch': PATCH,
};
const RESTARTS = '    develop:\n      watch: [{action: sync+restart, path: app.py, target: /srv/app.py}]';
const UNTIL = { timeout: 30_000, interval: 200 };

async function startEdited(develop: string) {
  // A process of that number has never been: as one that was killed leaves it.
  await mkdir(path.join(tmpdir(), 'deckhand-edit-999999999-left'), { recursive: true });
  const made = await makeFolder({ 'compose.yaml': compose(develop), ...FILES });
  return { made, ...(await startIn(made.folder)) };
}

async function startIn(folder: string) {
  const name = uniqueName();
  const { run, engine } = await startProject(folder, name);
  const never = new AbortController().signal;
  const all = async () => {
    const events = [];
    for await (const event of run.events(0, never)) events.push(event);
    return events;
  };
  let url = '';
  for await (const event of run.events(0, never)) {
    if (event.type === 'error') throw new Error(event.message);
    if (event.type === 'app') url = event.url;
    if (event.type === 'phase' && event.phase === 'ready') break;
  }
  const page = async () => (await fetch(url)).text();
  return { name, engine, run, all, page };
}

test('a prepared edit is played, saved and seen in the app; the author’s file changes only when it is kept', async () => {
  const { made, run, all, page, engine, name } = await startEdited(RESTARTS);
  const own = path.join(made.folder, 'app.py');
  expect(await page()).toBe('one');
  await run.edits.play('two');
  await vi.waitFor(async () => expect(await page()).toBe('two'), UNTIL);
  expect(await readFile(own, 'utf8')).toBe(APP);
  await expect(run.edits.play('two')).rejects.toMatchObject({ code: 'bad-patch' });
  await expect(run.edits.play('three')).rejects.toMatchObject({ code: 'unknown-edit' });
  await expect(run.edits.change('Dockerfile', 'FROM x', true)).rejects.toMatchObject({
    code: 'not-editable',
  });
  expect(await run.edits.keep()).toEqual(['app.py']);
  expect(await readFile(own, 'utf8')).toBe(APP.replace('one', 'two'));
  for await (const event of run.events(0, new AbortController().signal)) if (event.type === 'reload') break;
  // Kept once, it can be edited and kept again.
  const third = APP.replace('one', 'three');
  await run.edits.change('app.py', third, true);
  expect(await run.edits.keep()).toEqual(['app.py']);
  await writeFile(own, 'by another editor');
  await run.edits.change('app.py', APP.replace('one', 'four'), true);
  await expect(run.edits.keep()).rejects.toMatchObject({ code: 'changed-meanwhile' });
  expect(await readFile(own, 'utf8')).toBe('by another editor');
  run.stop();
  const view = toRunView(await all());
  expect(view.files.get('app.py')).toMatchObject({
    text: APP.replace('one', 'four'),
    original: APP,
    isSaved: true,
  });
  expect(view.reloads).toBeGreaterThan(0);
  await run.done;
  const left = (await readdir(tmpdir())).filter((one) => one.startsWith('deckhand-edit-'));
  expect(left).toEqual([]);
  expect(await leftovers(engine, name)).toEqual([]);
  await made[Symbol.asyncDispose]();
}, 90_000);

test('what nothing follows is built again when it is saved', async () => {
  const { made, run, page, all } = await startEdited('');
  await run.edits.change('app.py', APP.replace('one', 'three'), true);
  await vi.waitFor(async () => expect(await page()).toBe('three'), UNTIL);
  // The author's own file may change meanwhile: the run has its copy.
  await writeFile(path.join(made.folder, 'app.py'), 'broken(');
  expect(await page()).toBe('three');
  run.stop();
  await all();
  await run.done;
  await made[Symbol.asyncDispose]();
}, 90_000);

test('a save that breaks the program says so and stops nothing; the next save heals it', async () => {
  const { made, run, page, all } = await startEdited(RESTARTS);
  await run.edits.change('app.py', 'broken(\n', true);
  const stop = new AbortController();
  const printed: string[] = [];
  for await (const event of run.events(0, stop.signal)) {
    if (event.type === 'output') printed.push(event.text);
    if (printed.join('').includes('save again to start it')) break;
  }
  expect(printed.join('')).toContain('SyntaxError');
  await run.edits.change('app.py', APP.replace('one', 'healed'), true);
  await vi.waitFor(async () => expect(await page()).toBe('healed'), UNTIL);
  run.stop();
  expect(toRunView(await all()).exit).toBe(0);
  await run.done;
  await made[Symbol.asyncDispose]();
}, 90_000);

test('a save whose build fails is told to whoever saved it, and the container runs on', async () => {
  const made = await makeFolder({
    'compose.yaml':
      'services:\n  web: {build: ., ports: ["8000"], stop_grace_period: 0s}\nx-demo:\n  edit: [Dockerfile]\n',
    ...FILES,
  });
  const { run, page, all } = await startIn(made.folder);
  await expect(run.edits.change('Dockerfile', `${FILES.Dockerfile}RUN exit 7\n`, true)).rejects.toMatchObject(
    {
      code: 'build-failed',
    },
  );
  expect(await page()).toBe('one');
  run.stop();
  await all();
  await run.done;
  await made[Symbol.asyncDispose]();
}, 90_000);
