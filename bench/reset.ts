import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ask, copyTalk, present, readToken } from '../tests/e2e/deckhand.ts';
import { median, ms, printTable } from './table.ts';

const TIMES = 5;
/** Until the spare is there: a head start for the run itself, then its own start. */
const TALK_MS = 8000;

/** The API of a Deckhand that presents, as its own pages use it. */
async function openApi(url: string): Promise<(path: string) => Promise<unknown>> {
  const token = await readToken(url);
  return async (path) => {
    const answer = await ask(url, `/api/demos/django/${path}`, {
      method: 'POST',
      headers: { 'X-Deckhand-Token': token },
    });
    const text = await answer.text();
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  };
}

/** Starts the demo, and resolves when its event says that it is ready. */
async function runUntilReady(url: string, post: (path: string) => Promise<unknown>): Promise<void> {
  const { id } = (await post('runs')) as { id: string };
  const stop = new AbortController();
  const events = await ask(url, `/api/runs/${id}/events`, { signal: stop.signal });
  let text = '';
  for await (const chunk of events.body ?? []) {
    text += Buffer.from(chunk).toString();
    if (text.includes('"phase":"ready"')) break;
    if (text.includes('"type":"exit"')) throw new Error('The demo did not get ready.');
  }
  stop.abort();
}

/** Ms from Reset to ready of the Django demo, some times, each after a while in front of the audience. */
async function measure(hasSpare: boolean): Promise<number[]> {
  await using talk = await copyTalk();
  const file = join(talk.folder, 'demos/django/compose.yaml');
  const compose = await readFile(file, 'utf8');
  if (!hasSpare) await writeFile(file, compose.replace('x-demo:\n', 'x-demo:\n  spare: false\n'));
  await using deckhand = await present([talk.deck], talk.folder);
  const post = await openApi(deckhand.url);
  await expectEngine(deckhand.url);
  await runUntilReady(deckhand.url, post);
  const taken: number[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    await delay(hasSpare ? TALK_MS : 1000);
    const began = performance.now();
    await post('reset');
    await runUntilReady(deckhand.url, post);
    taken.push(performance.now() - began);
  }
  return taken;
}

async function expectEngine(url: string): Promise<void> {
  for (let time = 0; time < 50; time += 1) {
    const demos = (await (await ask(url, '/api/demos')).json()) as { canRun: boolean }[];
    if (demos.some(({ canRun }) => canRun)) return;
    await delay(100);
  }
  throw new Error('There is no engine.');
}

/** Prints how long a demo that was used takes to be ready in its first state again. */
export async function benchReset(): Promise<void> {
  const [warm, cold] = [await measure(true), await measure(false)];
  printTable('Reset', [
    {
      what: `Reset, then Run, to ready: Django, ${TIMES} times; longest`,
      measured: `${ms(median(warm))}; ${ms(Math.max(...warm))}`,
      goal: '2000 ms',
      peers: `without a spare ${ms(median(cold))}; ${ms(Math.max(...cold))}`,
    },
  ]);
}

await benchReset();
