import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findDeck } from '../../src/cli/deck-path.ts';
import { WatchedDeck } from '../../src/cli/watched-deck.ts';
import { Stage, type StageMessage } from '../../src/server/stage.ts';

type DeckMessage = Extract<StageMessage, { event: 'deck' }>['data'];

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
