import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bootFile, readBundleFiles, type BundleFiles } from './assets.ts';

/** What the bundler made for published decks. */
export interface Bundle {
  /** Folder that the names in `deck` and `speaker` are relative to. */
  folder: string;
  deck: BundleFiles;
  speaker: BundleFiles;
  /** The whole program as one classic script. */
  whole: string;
  /** The service worker, which expects `deckhandBuild` to be set. */
  worker: string;
  icon: string;
  /** The script that stands in each page and loads the rest. */
  boot: string;
}

/** `dist` is the folder that `npm run build` wrote. */
export async function readBundle(dist: string): Promise<Bundle> {
  const folder = join(dist, 'browser');
  const [deck, speaker, keeper] = await Promise.all([
    readBundleFiles(folder, 'src/browser/pages/main.ts'),
    readBundleFiles(folder, 'src/browser/pages/speaker.ts'),
    readBundleFiles(folder, 'src/browser/pages/site-worker.ts'),
  ]);
  const [whole, worker, icon, boot] = await Promise.all(
    [
      join(dist, 'whole/whole.js'),
      join(folder, keeper.script),
      join(folder, 'favicon.svg'),
      bootFile(folder),
    ].map((file) => readFile(file, 'utf8')),
  );
  return {
    folder,
    deck,
    speaker,
    whole: whole ?? '',
    worker: worker ?? '',
    icon: icon ?? '',
    boot: (boot ?? '').trim(),
  };
}
