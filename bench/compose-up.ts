/**
 * A project of several services from its start until all are ready, beside `docker compose up --wait` of the same files on the same engine and
 * images, in turn. Needs Docker Compose 2: DECKHAND_COMPOSE=/path/to/docker-compose.
 */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startProject } from '../tests/runner/run-demo.ts';
import { median, ms, printTable } from './table.ts';

const TIMES = 7;
const COMPOSE = process.env['DECKHAND_COMPOSE'];

const service = (name: string, needs: string) => `  ${name}:
    image: python:3.13-slim
    command: python -m http.server 9000
    stop_grace_period: 0s
    healthcheck:
      test: ["CMD", "python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:9000')"]
      interval: 500ms
      retries: 50
    depends_on: ${needs}
`;
const HEALTHY = '{condition: service_healthy}';
const PROJECT = `services:
${service('database', '{}')}${service('cache', '{}')}${service('worker', `{database: ${HEALTHY}, cache: ${HEALTHY}}`)}${service('web', `{database: ${HEALTHY}, cache: ${HEALTHY}}`)}`;

async function main(compose: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'deckhand-bench-'));
  await writeFile(join(folder, 'compose.yaml'), PROJECT);
  const theirs: number[] = [];
  const ours: number[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    theirs.push(await takesCompose(compose, folder));
    ours.push(await takesDeckhand(folder));
  }
  await rm(folder, { recursive: true });
  const [mine, other] = [median(ours), median(theirs)];
  printTable('A project of four services, until all are ready', [
    {
      what: 'web, worker, database and cache, with healthchecks',
      measured: `${ms(mine)}, × ${(mine / other).toFixed(2)}`,
      goal: '× 1.1',
      peers: `docker compose up --wait: ${ms(other)}`,
    },
  ]);
}

async function takesCompose(compose: string, folder: string): Promise<number> {
  const project = ['-p', `bench-${randomUUID().slice(0, 8)}`, '--project-directory', folder];
  const began = performance.now();
  await promisify(execFile)(compose, [...project, 'up', '--wait']);
  const took = performance.now() - began;
  await promisify(execFile)(compose, [...project, 'down', '--timeout', '0']);
  return took;
}

async function takesDeckhand(folder: string): Promise<number> {
  const name = `bench-${randomUUID().slice(0, 8)}`;
  const began = performance.now();
  const { run, engine } = await startProject(folder, name);
  let took = Number.NaN;
  for await (const event of run.events(0, new AbortController().signal)) {
    if (event.type === 'error') throw new Error(`${event.message} ${event.hint}`);
    if (event.type !== 'phase' || event.phase !== 'ready') continue;
    took = performance.now() - began;
    run.stop();
  }
  await run.done;
  engine.close();
  return took;
}

if (COMPOSE === undefined) process.stdout.write('\nNo DECKHAND_COMPOSE: not beside docker compose up.\n');
else await main(COMPOSE);
