/** What the person at this laptop has allowed projects beyond the default. Kept for exact files: a changed project is asked again. */
import { createHash } from 'node:crypto';
import { readFileSync, realpathSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod/mini';
import { toAskKeys, type Ask } from '../../compose/demo/asks.ts';
import type { Mapping } from '../../compose/model/tree.ts';

const fileSchema = z.object({
  format: z.literal(1),
  /** By the project's folder: what was allowed, and a hash of what its Compose files come to. */
  projects: z.array(z.object({ folder: z.string(), files: z.string(), asks: z.array(z.string()) })),
});
type TrustFile = z.infer<typeof fileSchema>;

/** Where the answers are. */
export function toTrustPath(home: string): string {
  return join(process.env['XDG_CONFIG_HOME'] ?? join(home, '.config'), 'deckhand', 'trust.json');
}

/** Whether all that the project asks for was allowed, for the files as they are now. */
export function isTrusted(folder: string, asks: readonly Ask[], model: Mapping, home: string): boolean {
  if (asks.length === 0) return true;
  const wanted = toEntry(folder, asks, model);
  return readTrust(home).projects.some(
    (one) =>
      one.folder === wanted.folder &&
      one.files === wanted.files &&
      wanted.asks.every((ask) => one.asks.includes(ask)),
  );
}

/** Remembers that all this was allowed; what was allowed before for other files of the folder is forgotten. */
export async function trust(
  folder: string,
  asks: readonly Ask[],
  model: Mapping,
  home: string,
): Promise<void> {
  const entry = toEntry(folder, asks, model);
  await write(home, [...readTrust(home).projects.filter((one) => one.folder !== entry.folder), entry]);
}

/** Forgets what was allowed. False when nothing was. */
export async function distrust(folder: string, home: string): Promise<boolean> {
  const real = toReal(folder);
  const before = readTrust(home).projects;
  const after = before.filter((one) => one.folder !== real);
  if (after.length === before.length) return false;
  await write(home, after);
  return true;
}

function toEntry(folder: string, asks: readonly Ask[], model: Mapping): TrustFile['projects'][number] {
  const files = createHash('sha256').update(JSON.stringify(model)).digest('hex');
  return { folder: toReal(folder), files, asks: toAskKeys(asks) };
}

function toReal(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}

function readTrust(home: string): TrustFile {
  try {
    const parsed = fileSchema.safeParse(JSON.parse(readFileSync(toTrustPath(home), 'utf8')));
    return parsed.success ? parsed.data : { format: 1, projects: [] };
  } catch {
    // There is none, or nobody can read it: nothing is allowed.
    return { format: 1, projects: [] };
  }
}

async function write(home: string, projects: TrustFile['projects']): Promise<void> {
  const path = toTrustPath(home);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file: TrustFile = { format: 1, projects };
  await writeFile(`${path}.part`, `${JSON.stringify(file, undefined, 2)}\n`, { mode: 0o600 });
  await rename(`${path}.part`, path);
}
