import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import path from 'node:path';
import { createGzip } from 'node:zlib';
import tar from 'tar-stream';

export const libpostalFolder = path.resolve(import.meta.dirname, '../../demos/libpostal');
const sources = path.resolve(import.meta.dirname, '../fixtures/libpostal-stand-in');
const FILES = [
  'README.md',
  'bootstrap.sh',
  'configure.ac',
  'Makefile.am',
  'm4/README',
  'src/Makefile.am',
  'src/libpostal.c',
  'src/libpostal.h',
  'src/libpostal_data',
];

export interface StandInSource extends AsyncDisposable {
  /** For the build argument SOURCE, where containers reach it. */
  url: string;
  /** Paths that were asked for. */
  asked: string[];
}

/** Serves the stand-in's sources as GitHub serves libpostal's: `/archive/v1.1.3.tar.gz`, unpacking to `libpostal-1.1.3/`. */
export async function serveStandIn(): Promise<StandInSource> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const version = /^\/archive\/v(?<version>[\d.]+)\.tar\.gz$/u.exec(request.url ?? '')?.groups?.['version'];
    if (version === undefined) response.writeHead(404).end();
    else void packArchive(`libpostal-${version}`).then((archive) => response.end(archive));
  });
  server.listen(0, reachableAddress());
  await once(server, 'listening');
  const { address, port } = server.address() as AddressInfo;
  return {
    url: `http://${address}:${port}`,
    asked,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The docker bridge's, else any address of this machine that is not its loopback: containers reach that as well. */
function reachableAddress(): string {
  const all = networkInterfaces();
  const candidates = [...(all['docker0'] ?? []), ...Object.values(all).flatMap((list) => list ?? [])];
  const found = candidates.find(({ family, internal }) => family === 'IPv4' && !internal);
  if (found === undefined) throw new Error('this machine has no address that a container could reach');
  return found.address;
}

async function packArchive(prefix: string): Promise<Buffer> {
  const pack = tar.pack();
  for (const file of FILES) {
    const content = await readFile(path.join(sources, file));
    const mode = /\.sh$|libpostal_data$/u.test(file) ? 0o755 : 0o644;
    pack.entry({ name: `${prefix}/${file}`, mode }, content);
  }
  pack.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of pack.pipe(createGzip())) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}

/** The committed demo with its source taken from `source`, under `name`; nothing else of it is changed. */
export async function copyLibpostalDemo(
  source: string,
  name: string,
): Promise<{ folder: string; compose: string } & AsyncDisposable> {
  const folder = await mkdtemp(path.join(tmpdir(), 'deckhand-libpostal-'));
  await cp(libpostalFolder, folder, { recursive: true });
  const file = path.join(folder, 'compose.yaml');
  const text = await readFile(file, 'utf8');
  const compose = text
    .replace(/^name: .*$/mu, `name: ${name}`)
    .replace(/ SOURCE: .*$/mu, ` SOURCE: ${source}`);
  await writeFile(file, compose);
  return {
    folder,
    compose,
    [Symbol.asyncDispose]: async () => rm(folder, { recursive: true, force: true }),
  };
}
