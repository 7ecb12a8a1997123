import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, sep } from 'node:path';
import { openInside, type OpenedInside } from '../files/open-inside.ts';
import { toRecordingAddress } from '../stage/audience.ts';
import type { ShownRecordings, ShownFiles } from '../server/follow/shown-files.ts';

/** Addresses that are remembered. The talk names fewer, and others are not asked for. */
const MAX_KNOWN = 2000;

/** The talk's pictures and recordings in a process that has no deck: fetched when somebody wants them, kept until they may differ. */
export class KeptFiles implements ShownFiles, ShownRecordings {
  readonly #folder: string;
  readonly #read: (path: string) => Promise<Uint8Array | undefined>;
  #known = new Map<string, Promise<boolean>>();
  #written = 0;

  private constructor(folder: string, read: (path: string) => Promise<Uint8Array | undefined>) {
    this.#folder = folder;
    this.#read = read;
  }

  static async open(read: (path: string) => Promise<Uint8Array | undefined>): Promise<KeptFiles> {
    return new KeptFiles(await mkdtemp(join(tmpdir(), 'deckhand-follow-')), read);
  }

  readonly openFile = async (address: string): Promise<OpenedInside | undefined> => {
    const path = address.split('/').map(encodeURIComponent).join('/');
    const place = (await this.#isThere(path)) ? this.#placeOf(path) : undefined;
    return place === undefined ? undefined : openInside(this.#folder, place);
  };

  readonly #isThere = (path: string): Promise<boolean> => {
    const known = this.#known.get(path) ?? this.#fetch(path);
    if (this.#known.size < MAX_KNOWN) this.#known.set(path, known);
    // What could not be had this time is asked for again.
    void known.then((isThere) => isThere || this.#known.delete(path));
    return known;
  };

  readonly openRecording = (demo: string, file: string): Promise<OpenedInside | undefined> =>
    this.openFile(decodeURIComponent(toRecordingAddress(demo, file)));

  /** The deck or its recordings have changed. */
  forget(): void {
    this.#known.clear();
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #fetch(path: string): Promise<boolean> {
    const place = this.#placeOf(path);
    const bytes = place === undefined ? undefined : await this.#read(path);
    if (place === undefined || bytes === undefined) return false;
    await mkdir(dirname(place), { recursive: true });
    // At once: somebody may be reading the one that is there.
    this.#written += 1;
    const fresh = join(this.#folder, `.fresh-${this.#written}`);
    await writeFile(fresh, bytes);
    await rename(fresh, place);
    return true;
  }

  /** Undefined for an address that would lead out of our folder. */
  #placeOf(path: string): string | undefined {
    try {
      const place = join(this.#folder, decodeURIComponent(path));
      const isInside = place.startsWith(this.#folder + sep) && !place.includes('\0');
      return isInside ? place : undefined;
    } catch {
      return undefined;
    }
  }
}
