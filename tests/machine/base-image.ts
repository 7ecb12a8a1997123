import { createReadStream } from 'node:fs';
import { access, copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import type Dockerode from 'dockerode';
import { ensurePackages } from './packages.ts';
import { type Log, run } from './shell.ts';

export const BASE_IMAGE = 'python:3.13-slim';

/** What a stand-in for an official image is made of. */
export interface StandIn {
  /** `python:3.13-slim` */
  image: string;
  /** Debian's packages in it. */
  packages: readonly string[];
  /** What makes Debian's files like those of the official image. */
  finish(root: string): Promise<void>;
  /** Instructions of a Dockerfile: `CMD ["python3"]`. */
  changes: readonly string[];
}

/** Stands for the official python:3.13-slim where that can't be pulled: Debian trixie with its own Python 3.13. */
const PYTHON: StandIn = {
  image: BASE_IMAGE,
  packages: ['python3', 'python3-pip', 'python3-venv', 'python-is-python3', 'ca-certificates'],
  finish: makeLikeOfficial,
  changes: ['ENV LANG=C.UTF-8', 'CMD ["python3"]'],
};

/** Made once and kept as a tar file in `folder`. */
async function makeArchive(standIn: StandIn, folder: string, log: Log): Promise<string> {
  const name = standIn.image.replaceAll(/[/:]/gu, '-');
  const archive = path.join(folder, `${name}.stand-in.tar`);
  const ready = await access(archive).then(
    () => true,
    () => false,
  );
  if (ready) return archive;
  await ensurePackages(['debootstrap', 'debian-archive-keyring'], log);
  const root = path.join(folder, `${name}.root`);
  await rm(root, { recursive: true, force: true });
  await mkdir(root, { recursive: true });
  log(`making a stand-in for ${standIn.image} (debootstrap trixie, about a minute)`);
  await run('debootstrap', ['--variant=minbase', `--include=${standIn.packages.join(',')}`, 'trixie', root]);
  await standIn.finish(root);
  await writeFile(path.join(root, 'etc/deckhand-stand-in'), `A stand-in for ${standIn.image}, for tests.\n`);
  const partial = `${archive}.partial`;
  const without = ['./var/cache/apt/*', './var/lib/apt/lists/*', './dev/*', './usr/share/doc/*'];
  await run('tar', ['-C', root, ...without.map((glob) => `--exclude=${glob}`), '-cf', partial, '.']);
  await rename(partial, archive);
  await rm(root, { recursive: true, force: true });
  return archive;
}

/** What the official image has and Debian's Python has not, and the way to the package registries from here. */
async function makeLikeOfficial(root: string): Promise<void> {
  await rm(path.join(root, 'usr/lib/python3.13/EXTERNALLY-MANAGED'), { force: true });
  await copyIfThere(
    '/etc/ssl/certs/ca-certificates.crt',
    path.join(root, 'etc/ssl/certs/ca-certificates.crt'),
  );
  const configurations = ['.config/pip/pip.conf', '.pip/pip.conf'].map((file) => path.join(homedir(), file));
  for (const file of ['/etc/pip.conf', ...configurations]) {
    if (await copyIfThere(file, path.join(root, 'etc/pip.conf'))) break;
  }
}

async function copyIfThere(from: string, to: string): Promise<boolean> {
  return copyFile(from, to).then(
    () => true,
    () => false,
  );
}

/** Gives the engine a stand-in under `name` (with its tag); Python's, unless another one is given. */
export async function importStandIn(
  docker: Dockerode,
  name: string,
  folder: string,
  log: Log,
  standIn: StandIn = PYTHON,
): Promise<void> {
  const archive = await makeArchive(standIn, folder, log);
  const colon = name.lastIndexOf(':');
  const stream = await docker.importImage(createReadStream(archive), {
    repo: name.slice(0, colon),
    tag: name.slice(colon + 1),
    changes: [...standIn.changes, `LABEL deckhand.stand-in=${standIn.image}`],
  });
  await finish(stream);
}

/** Reads one of the engine's JSON streams to its end, and fails if it said `error`. */
export async function finish(stream: NodeJS.ReadableStream): Promise<void> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  const error = /"error":"((?:[^"\\]|\\.)*)"/u.exec(text)?.[1];
  if (error !== undefined) throw new Error(error);
}
