import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compileDeck } from '../../../src/deck/compile.ts';
import type { DeckPath } from '../../../src/talk/deck/deck-path.ts';
import { KeptTalk } from '../../../src/talk/kept/kept-talk.ts';
import { ownDeck } from '../../../src/talk/deck/deck-owner.ts';

const LOCK = '.talk.md.deckhand-lock';

test.skipIf(process.platform === 'win32')(
  'whatever stands in the place of the files that are kept beside a deck, it holds nothing up',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'deckhand-owner-'));
    const file = join(folder, 'talk.md');
    const places = { folders: [folder], root: folder };
    const path: DeckPath = { file, shown: 'talk.md', folders: [folder], places };
    const lock = join(folder, LOCK);
    const odd: Record<string, () => Promise<unknown>> = {
      'a FIFO': async () => execFileSync('mkfifo', [lock]),
      'a folder': () => mkdir(lock),
      'a link that leads nowhere': () => symlink('/nowhere', lock),
      'a link to what never ends': () => symlink('/dev/zero', lock),
      'something huge': async () => {
        await writeFile(lock, '');
        await truncate(lock, 3e9);
      },
      garbage: () => writeFile(lock, '{"pid":'),
    };
    try {
      for (const [what, put] of Object.entries(odd)) {
        await put();
        const owner = await ownDeck(path);
        expect([what, owner.isOurs, await readFile(lock, 'utf8')]).toEqual([
          what,
          true,
          expect.stringContaining(String(process.pid)),
        ]);
        if (owner.isOurs) await owner.release();
      }
      execFileSync('mkfifo', [join(folder, 'talk.stage.json'), join(folder, 'talk.drawings.json')]);
      const kept = await KeptTalk.open(path, compileDeck('# A\n'));
      expect(kept.resumed).toBeUndefined();
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
);
