import { execFileSync } from 'node:child_process';
import { appendFile, mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findDeck } from '../../../src/talk/deck/deck-path.ts';
import { WatchedDeck } from '../../../src/talk/deck/watched-deck.ts';
import { Stage } from '../../../src/server/stage.ts';
import type { DeckMessage } from '../../../src/stage/stage-message.ts';

let folder: string;
let file: string;
let stage: Stage;
let deck: WatchedDeck;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deckhand-watch-'));
  file = join(folder, 'talk.md');
  await writeFile(file, '# One\n\n# Two\n');
  stage = new Stage(() => 0);
  deck = await WatchedDeck.open(await findDeck('talk.md', folder), () => new Map());
  deck.watch(stage);
});
afterEach(async () => {
  deck.close();
  await rm(folder, { recursive: true, force: true });
});

/** Does something to the deck's file; resolves to what the screens are then told of the deck. */
async function after(change: () => Promise<void>): Promise<DeckMessage> {
  const told = new Promise<DeckMessage>((resolve) => {
    const stop = stage.listen((message) => {
      if (message.event !== 'deck') return;
      stop();
      resolve(message.data);
    });
  });
  await change();
  return told;
}

describe('a deck that is watched', () => {
  test('is put up with every save, as a patch of what changed', async () => {
    const { patch, diagnostics } = await after(() => writeFile(file, '# One\n\n# Three\n'));
    expect(patch).toMatchObject({
      from: 1,
      to: 2,
      start: 1,
      remove: 1,
      insert: [expect.stringContaining('Three')],
    });
    expect(diagnostics).toEqual([]);
    expect(deck.version).toBe(2);
  });

  test('shows the files that its fences name, as they are after each save of theirs', async () => {
    await writeFile(join(folder, 'app.py'), 'x = 1\n');
    const text = '# One\n\n```{.python file="app.py"}\nx = 1\n```\n';
    expect((await after(() => writeFile(file, text))).diagnostics).toEqual([]);
    const { patch, diagnostics } = await after(() => writeFile(join(folder, 'app.py'), 'y = 22\n'));
    expect(patch?.insert).toEqual([expect.stringContaining('22')]);
    expect(diagnostics).toMatchObject([{ code: 'code-differs', line: 3 }]);
  });

  test('is noticed when an editor saves by renaming', async () => {
    await writeFile(join(folder, '.talk.md.swp'), '# One\n\n# Renamed\n');
    const { patch } = await after(() => rename(join(folder, '.talk.md.swp'), file));
    expect(patch?.insert).toEqual([expect.stringContaining('Renamed')]);
  });

  test('keeps the last good one up while there is an error, and says where it is', async () => {
    const { patch, diagnostics } = await after(() =>
      writeFile(file, '# One\n\n::: {.demo name="nope"}\n:::\n'),
    );
    expect(patch).toBeUndefined();
    expect(diagnostics).toMatchObject([{ severity: 'error', line: 3 }]);
    expect(deck.version).toBe(1);
    expect(deck.deck.slides.map(({ id }) => id)).toContain('two');
  });

  test('that is deleted stays up and is said to be missing, until it is back as it was', async () => {
    const gone = await after(() => rm(file));
    expect(gone.patch).toBeUndefined();
    expect(gone.diagnostics).toMatchObject([{ severity: 'error' }]);
    expect(deck.deck.slides.map(({ id }) => id)).toContain('two');
    const back = await after(() => writeFile(file, '# One\n\n# Two\n'));
    expect(back.diagnostics).toEqual([]);
    expect(back.patch).toMatchObject({ remove: 0, insert: [] });
  });

  test('is noticed behind a link, in a folder that was replaced, and when its link leads elsewhere', async () => {
    for (const name of ['a', 'b']) {
      await mkdir(join(folder, name));
      await writeFile(join(folder, name, 'real.md'), '# Linked\n');
    }
    await symlink('a/real.md', join(folder, 'link.md'));
    deck.close();
    deck = await WatchedDeck.open(await findDeck('link.md', folder), () => new Map());
    deck.watch(stage);
    const shows = (title: string) => expect.stringContaining(title);
    const saved = await after(() => writeFile(join(folder, 'a/real.md'), '# Saved\n'));
    expect(saved.patch?.insert).toEqual([shows('Saved')]);
    await symlink('b/real.md', join(folder, 'other.md'));
    const led = await after(() => rename(join(folder, 'other.md'), join(folder, 'link.md')));
    expect(led.patch?.insert).toEqual([shows('Linked')]);
    // As git does it with a folder of another branch.
    await mkdir(join(folder, 'c'));
    await writeFile(join(folder, 'c/real.md'), '# Replaced\n');
    const replaced = await after(async () => {
      await rename(join(folder, 'b'), join(folder, 'old'));
      await rename(join(folder, 'c'), join(folder, 'b'));
    });
    expect(replaced.patch?.insert).toEqual([shows('Replaced')]);
    const again = await after(() => writeFile(join(folder, 'b/real.md'), '# Again\n'));
    expect(again.patch?.insert).toEqual([shows('Again')]);
  });

  test('never moves the talk while a save is half written', async () => {
    const slides = Array.from({ length: 12 }, (_, i) => `# Slide ${i}\n\n${'word '.repeat(30)}\n`);
    await after(() => writeFile(file, slides.join('\n')));
    stage.change({ type: 'move', position: { h: 9, v: 0, f: -1 } });
    const moves: unknown[] = [];
    stage.listen(({ event }) => event === 'stage' && moves.push(stage.state.position));
    const whole = slides.join('\n').replace('# Slide 1\n', '# New\n\n# Slide 1\n');
    const up = after(async () => {
      await writeFile(file, '');
      // Slower than the settling of one save.
      for (let at = 0; at < whole.length; at += 150) {
        await appendFile(file, whole.slice(at, at + 150));
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
    });
    expect((await up).patch?.insert.length).toBeGreaterThan(0);
    await expect.poll(() => stage.state.position).toEqual({ h: 10, v: 0, f: -1 });
    expect(moves).toEqual([{ h: 10, v: 0, f: -1 }]);
  });

  test('brings the talk back to a slide that was away for a while, unless the speaker has moved on', async () => {
    const save = (...titles: string[]) =>
      after(() => writeFile(file, titles.map((one) => `# ${one}\n`).join('\n')));
    await save('One', 'Two', 'Three');
    stage.change({ type: 'move', position: { h: 2, v: 0, f: -1 } });
    await save('One', 'Two');
    expect(stage.state.position.h).toBe(1);
    await save('One', 'Two', 'New', 'Three');
    expect(stage.state.position.h).toBe(3);
    await save('One', 'Two');
    stage.change({ type: 'move', position: { h: 0, v: 0, f: -1 } });
    await save('One', 'Two', 'New', 'Three');
    expect(stage.state.position.h).toBe(0);
  });

  test('tells when a picture of a slide is another one', async () => {
    await writeFile(join(folder, 'x.png'), 'one');
    await after(() => writeFile(file, '# One\n\n![x](x.png)\n'));
    const told: unknown[] = [];
    stage.listen(({ event, data }) => event === 'deck' && told.push(data.files));
    let saves = 0;
    const save = async () => {
      await writeFile(join(folder, 'x.png'), `picture ${(saves += 1)}`);
      return told;
    };
    await expect.poll(save, { interval: 300, timeout: 5000 }).toContainEqual(['/x.png']);
  });

  test.skipIf(process.platform === 'win32')('says what a FIFO or a folder in its place is', async () => {
    const replaced = await after(async () => {
      execFileSync('mkfifo', [join(folder, 'fifo')]);
      await rename(join(folder, 'fifo'), file);
    });
    expect(replaced.diagnostics[0]?.message).toContain('no regular file');
    await expect(findDeck('talk.md', folder)).rejects.toThrow('talk.md is not a regular file.');
    await rm(file);
    await mkdir(file);
    const folderNow = await after(() => writeFile(join(folder, 'talk.md.swp'), ''));
    expect(folderNow.diagnostics[0]?.message).toMatch(/folder|not there|no file/);
  });

  test('keeps the talk on its slide when slides come before it', async () => {
    stage.change({ type: 'move', position: { h: 1, v: 0, f: -1 } });
    const moved = new Promise((resolve) =>
      stage.listen(({ event }) => event === 'stage' && resolve(undefined)),
    );
    await writeFile(file, '# Zero\n\n# One\n\n# Two\n');
    await moved;
    expect(stage.state.position).toEqual({ h: 2, v: 0, f: -1 });
  });
});
