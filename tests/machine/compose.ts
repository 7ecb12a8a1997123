import { access, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder } from './engine.ts';
import { type Log, run, which } from './shell.ts';

/** Debian 13's, which runs on Debian 12 as well. */
const VERSION = '2.26.1-4';
const ARCHITECTURES: Partial<Record<NodeJS.Architecture, string>> = { x64: 'amd64', arm64: 'arm64' };

/** Docker Compose 2 as a program of its own, out of Debian's package; undefined where that is not to be had. */
export async function prepareCompose(log: Log): Promise<string | undefined> {
  const folder = path.join(cacheFolder(), `docker-compose-${VERSION}`);
  const program = path.join(folder, 'usr/libexec/docker/cli-plugins/docker-compose');
  const isThere = await access(program).then(
    () => true,
    () => false,
  );
  if (isThere) return program;
  const architecture = ARCHITECTURES[process.arch];
  if (architecture === undefined || (await which('dpkg-deb')) === undefined) return undefined;
  const url = `http://deb.debian.org/debian/pool/main/d/docker-compose/docker-compose_${VERSION}_${architecture}.deb`;
  log('fetching Docker Compose 2, to compare with (a package of Debian 13)');
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(60_000) });
    if (!answer.ok) throw new Error(`${url} answers ${answer.status}`);
    const partial = `${folder}.partial`;
    await rm(partial, { recursive: true, force: true });
    await mkdir(partial, { recursive: true });
    const archive = path.join(partial, 'package.deb');
    await writeFile(archive, Buffer.from(await answer.arrayBuffer()));
    await run('dpkg-deb', ['-x', archive, partial]);
    await rm(archive);
    await rename(partial, folder);
    return program;
  } catch (error) {
    log(`it could not be fetched: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}
