import { randomUUID } from 'node:crypto';
import { type Engine } from '../engine/engine.ts';
import { NO_NETWORK } from '../engine/container-spec.ts';
import { nameInstance, toLabels } from './instance.ts';

const MEGABYTE = 1024 ** 2;

/**
 * How many bytes are free where the engine keeps its containers, asked of `df` in a container: of a virtual machine's disk
 * nothing else tells. Undefined when none of the images is there, or has a `df`.
 */
export async function askFreeSpace(
  engine: Engine,
  images: readonly string[],
  signal: AbortSignal,
): Promise<number | undefined> {
  for (const image of images) {
    if (await engine.hasImage(image)) return parseDf(await runDf(engine, image, signal).catch(() => ''));
  }
  return undefined;
}

async function runDf(engine: Engine, image: string, signal: AbortSignal): Promise<string> {
  const id = randomUUID();
  const container = await engine.createContainer({
    name: `deckhand-preflight-${id.slice(0, 8)}`,
    image,
    labels: toLabels('preflight', id, await nameInstance()),
    entrypoint: ['df'],
    command: ['-P', '-k', '/'],
    environment: {},
    ports: [],
    mounts: [],
    tmpfs: {},
    init: false,
    readOnly: true,
    capAdd: [],
    memoryBytes: 64 * MEGABYTE,
    cpus: 1,
    pids: 16,
    network: NO_NETWORK,
    aliases: [],
  });
  try {
    let text = '';
    const { ended } = await engine.attach(container, ({ bytes }) => (text += bytes.toString()), signal);
    await Promise.all([ended, engine.startContainer(container)]);
    return text;
  } finally {
    await engine.removeContainer(container);
  }
}

/** Source: POSIX, df: with -P a line of headings, then one line: the fourth column is what is available, in kB with -k. */
export function parseDf(text: string): number | undefined {
  const kilobytes = Number(text.trim().split('\n')[1]?.trim().split(/\s+/u)[3]);
  return Number.isFinite(kilobytes) ? kilobytes * 1024 : undefined;
}
