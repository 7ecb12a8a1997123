import type { Service } from '../../demo/service.ts';
import type { PutFile } from '../../engine/put-files.ts';
import { findInside, readInside } from '../../files/open-inside.ts';
import type { RunContext } from '../run-context.ts';
import { badMount } from './check-binds.ts';

const MAX_COPY_BYTES = 50e6;

/** Secrets and configs that are texts, and files that are too exposed to be mounted. */
export async function putServiceFiles(
  { engine, demo, folder }: RunContext,
  id: string,
  service: Service,
): Promise<void> {
  const files: PutFile[] = [...(service.files ?? [])];
  for (const { source, target } of service.copies ?? []) {
    const found = await findInside(folder, source);
    const text = await readInside(folder, source, MAX_COPY_BYTES);
    if (text === undefined || found === undefined)
      throw badMount(
        `The demo "${demo.name}": "${source}" is mounted, and is no file inside the folder of less than 50 MB.`,
        'Mount a file that is there, or take the mount out.',
      );
    files.push({ target, text, mode: found.stats.mode & 0o777 });
  }
  if (files.length > 0) await engine.putFiles(id, files);
}
