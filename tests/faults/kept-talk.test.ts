import { anyPanel } from '../stage/any-panel.ts';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { compileTalk } from '../../src/deck/compile.ts';
import { findDeck, type DeckPath } from '../../src/talk/deck/deck-path.ts';
import { findDrawings } from '../../src/talk/kept/kept-drawings.ts';
import { KeptTalk } from '../../src/talk/kept/kept-talk.ts';
import { readTalks } from '../../src/talk/kept/rehearsed-times.ts';
import { Stage } from '../../src/server/stage.ts';
import { steadyNow } from '../../src/server/steady-now.ts';
import { TalkTimes } from '../../src/server/talk-times.ts';
import { timerElapsed } from '../../src/stage/stage-state.ts';

const deck = compileTalk('## One\n\n## Two\n\n## Three\n');
const STROKE = {
  type: 'stroke' as const,
  slide: 'two',
  by: 'me',
  colour: 'red' as const,
  points: [1, 1, 2, 2],
};
const UNTIL = { timeout: 10_000, interval: 20 };

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'deckhand-kept-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function makePath(name: string): Promise<DeckPath> {
  const folder = join(root, name);
  await mkdir(folder);
  await writeFile(join(folder, 'talk.md'), '## One\n');
  return findDeck(join(folder, 'talk.md'), folder);
}

/** What a Deckhand has of a talk, without its server. */
async function present(path: DeckPath, { slides = deck.slides, fromStart = false } = {}) {
  const kept = await KeptTalk.open(path, { ...deck, slides }, fromStart);
  const stage = new Stage(steadyNow, kept.resumed);
  const times = new TalkTimes(stage, () => slides, kept.resumed?.spent);
  kept.keep({ stage, times }, () => slides, true);
  return { kept, stage, times };
}

const file = (path: DeckPath, kind: string) => path.file.replace('.md', `.${kind}.json`);
const readStage = async (path: DeckPath) =>
  JSON.parse(await readFile(file(path, 'stage'), 'utf8').catch(() => '{}')) as {
    stage?: { isPaused: boolean };
  };

/** As SIGKILL leaves it: its lock is there, and names a process that isn't. */
async function leaveAsKilled(path: DeckPath): Promise<void> {
  const owner = { pid: 4_000_000, host: hostname(), began: '1', since: new Date().toISOString() };
  await writeFile(lockOf(path), JSON.stringify(owner));
}
const lockOf = ({ file: name }: DeckPath) => name.replace('talk.md', '.talk.md.deckhand-lock');

test('a talk whose Deckhand was killed goes on: place, timer, black screen, panels, drawings, times', async () => {
  const path = await makePath('killed');
  const first = await present(path);
  first.stage.change({ type: 'move', position: { h: 1, v: 0, f: 0 } });
  first.stage.change({ type: 'view', demo: 'django', view: 'app' });
  first.stage.change({ type: 'replay', demo: 'django' });
  first.stage.change({ type: 'run', demo: 'other', id: 'gone' });
  first.stage.change({ type: 'pause', isPaused: true });
  first.stage.draw({ ...STROKE, id: 'a' });
  await vi.waitFor(async () => expect((await readStage(path)).stage?.isPaused).toBe(true), UNTIL);
  await vi.waitFor(async () => expect(await findDrawings(path)).toHaveProperty('two'), UNTIL);
  await leaveAsKilled(path);
  // A slide came before it in the meantime.
  const { slides } = compileTalk('## Zero\n\n## One\n\n## Two\n\n## Three\n');
  const second = await present(path, { slides });
  const { state } = second.stage;
  expect(state).toMatchObject({ isPaused: true, position: { h: 2, v: 0, f: 0 } });
  const passed = timerElapsed(state.timer, steadyNow()) - timerElapsed(first.stage.state.timer, steadyNow());
  expect(Math.abs(passed)).toBeLessThan(200);
  expect(anyPanel(state.panels['django']).replay?.speed).toBe(1);
  expect(state.panels['other']).toEqual({ shows: 'nothing' });
  // One more line takes none of the others away.
  second.stage.draw({ ...STROKE, id: 'b' });
  await second.kept.close();
  expect((await findDrawings(path))['two']).toHaveLength(2);
  // Asked to begin anew, it does.
  const third = await present(path, { fromStart: true });
  expect(third.stage.state).toMatchObject({ isPaused: false, position: { h: 0 } });
  await third.kept.close();
});

test('a talk goes on whose slides and panels have names that every object knows', async () => {
  const path = await makePath('names');
  const { slides } = compileTalk('# Constructor\n\n# B {#__proto__}\n\n# C\n');
  const names = ['constructor', '__proto__'];
  const first = await present(path, { slides });
  for (const name of names) {
    first.stage.draw({ ...STROKE, slide: name, id: 'a' });
    first.stage.change({ type: 'replay', demo: name });
    first.stage.change({ type: 'scroll', demo: name, view: name, to: 7 });
  }
  for (const [h, name] of names.entries()) {
    first.stage.change({ type: 'move', position: { h, v: 0, f: -1 } });
    await vi.waitFor(() => expect(Object.hasOwn(first.times.spent, name)).toBe(true), UNTIL);
  }
  await first.kept.close();
  const second = await present(path, { slides });
  const { panels } = second.stage.state;
  expect(Object.keys(panels)).toEqual(names);
  for (const panel of Object.values(panels)) {
    expect(anyPanel(panel).replay?.speed).toBe(1);
    expect(Object.values(panel.scroll ?? {})).toEqual([7]);
  }
  expect(Object.keys(second.times.spent).toSorted()).toEqual(['__proto__', 'constructor']);
  expect(Object.keys(await findDrawings(path))).toEqual(names);
  await second.kept.close();
});

test('another talk begins at the beginning: after hours, and after a file that nobody can read', async () => {
  const path = await makePath('old');
  const first = await present(path);
  first.stage.change({ type: 'move', position: { h: 2, v: 0, f: -1 } });
  await first.kept.close();
  const written = JSON.parse(await readFile(file(path, 'stage'), 'utf8')) as { savedAt: number };
  await writeFile(file(path, 'stage'), JSON.stringify({ ...written, savedAt: Date.now() - 4 * 3600_000 }));
  expect((await KeptTalk.open(path, deck)).resumed).toBeUndefined();
  await rm(lockOf(path));
  await writeFile(file(path, 'stage'), '{"format":1,"stage":{"position":');
  const open = await KeptTalk.open(path, deck);
  expect(open.resumed).toBeUndefined();
  await open.close();
});

test('two Deckhands on one deck: the second keeps nothing, and takes nothing away', async () => {
  const path = await makePath('two');
  const first = await present(path);
  const second = await present(path);
  first.stage.draw({ ...STROKE, id: 'a' });
  second.stage.draw({ ...STROKE, slide: 'one', id: 'b' });
  for (const { stage } of [first, second]) {
    stage.change({ type: 'move', position: { h: 1, v: 0, f: -1 } });
  }
  const timed = (count: number) =>
    vi.waitFor(() => expect(Object.keys(first.times.spent)).toHaveLength(count), UNTIL);
  await timed(1);
  first.stage.change({ type: 'move', position: { h: 2, v: 0, f: -1 } });
  await timed(2);
  await second.kept.close();
  await first.kept.close();
  expect(Object.keys(await findDrawings(path))).toEqual(['two']);
  expect(await readTalks(file(path, 'times'))).toHaveLength(1);
  expect((await readdir(join(root, 'two'))).filter((name) => name.includes('lock'))).toEqual([]);
});

test('a lock of another machine counts as long as its owner is heard of', async () => {
  const path = await makePath('elsewhere');
  const owner = { pid: 1, host: 'another-laptop', began: '1', since: new Date().toISOString() };
  await writeFile(lockOf(path), JSON.stringify(owner));
  const second = await present(path);
  second.stage.draw({ ...STROKE, id: 'a' });
  await second.kept.close();
  expect(await findDrawings(path)).toEqual({});
  const longAgo = new Date(Date.now() - 120_000);
  await utimes(lockOf(path), longAgo, longAgo);
  const third = await present(path);
  third.stage.draw({ ...STROKE, id: 'a' });
  await third.kept.close();
  expect(await findDrawings(path)).toHaveProperty('two');
});

test.runIf(process.getuid?.() === 0 && process.platform === 'linux')(
  'a full disk is said once, leaves nothing, and is over when there is room again',
  async () => {
    const folder = join(root, 'full');
    await mkdir(folder);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]);
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      await writeFile(join(folder, 'talk.md'), '## One\n');
      const path = await findDeck(join(folder, 'talk.md'), folder);
      const { kept, stage } = await present(path);
      stage.draw({ ...STROKE, id: 'a' });
      await vi.waitFor(async () => expect(await findDrawings(path)).toHaveProperty('two'), UNTIL);
      const before = await findDrawings(path);
      await writeFile(join(folder, 'filler'), Buffer.alloc(1_000_000)).catch(() => {});
      for (const id of ['b', 'c']) {
        stage.draw({ ...STROKE, id, points: Array.from({ length: 2000 }, (_, i) => i) });
        await vi.waitFor(() => expect(stage.state.notKept).toMatch(/the disk is full/), UNTIL);
      }
      expect(said.mock.calls.join('')).toMatch(/the disk is full/);
      expect(await findDrawings(path)).toEqual(before);
      expect((await readdir(folder)).filter((name) => name.includes('partial'))).toEqual([]);
      await rm(join(folder, 'filler'));
      stage.draw({ type: 'wipe', slide: 'two', by: 'me' });
      stage.draw({ ...STROKE, id: 'd' });
      await vi.waitFor(() => expect(stage.state.notKept).toBeUndefined(), UNTIL);
      await kept.close();
      expect(said.mock.calls.filter(([text]) => String(text).includes('what is drawn'))).toHaveLength(1);
    } finally {
      said.mockRestore();
      execFileSync('umount', ['-l', folder]);
    }
  },
);
