import { describe, expect, test } from 'vitest';
import type { RunEvent } from '../../src/demo/run/run-event.ts';
import { RunLog } from '../../src/runner/run-log.ts';

const never = new AbortController().signal;
const output = (text: string) => ({ type: 'output', service: 'web', text }) as const;

async function readAll(log: RunLog, from = 0): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const event of log.events(from, never)) events.push(event);
  return events;
}

describe('the log of a run', () => {
  test('counts time from its beginning, in whole milliseconds that never run backwards', async () => {
    const times = [1000, 1000.4, 1003.6, 1002, 1010];
    const log = new RunLog(() => times.shift() ?? 0);
    for (const text of ['a', 'b', 'c']) log.push(output(text));
    log.push({ type: 'exit', status: 0 });
    expect((await readAll(log)).map(({ at }) => at)).toEqual([0, 4, 4, 10]);
  });

  test('gives a reader what comes while it reads, and ends with exit', async () => {
    const log = new RunLog(() => 0);
    log.push(output('before'));
    const reading = readAll(log);
    log.push(output('after'));
    log.push({ type: 'exit', status: 0 });
    log.push(output('too late'));
    expect((await reading).map(({ type }) => type)).toEqual(['output', 'output', 'exit']);
  });

  test('lets a reader go that waits', async () => {
    const log = new RunLog(() => 0);
    const leave = new AbortController();
    const reading = log.events(0, leave.signal).next();
    leave.abort();
    expect((await reading).done).toBe(true);
  });

  test('ends at once for a reader that was gone before', async () => {
    const log = new RunLog(() => 0);
    log.push(output('a'));
    expect((await log.events(0, AbortSignal.abort()).next()).done).toBe(true);
  });

  test('keeps the beginning and the end of long output, says how much is missing, and shifts no number', async () => {
    const log = new RunLog(() => 0, { head: 100, tail: 100 });
    log.push({ type: 'phase', phase: 'starting' });
    for (let i = 0; i < 1000; i += 1) {
      log.push(output(`line ${String(i).padStart(4, '0')}\n`));
      if (i === 500) log.push({ type: 'phase', phase: 'ready' });
    }
    log.push({ type: 'exit', status: 0 });
    const events = await readAll(log);
    expect(events).toHaveLength(1003);
    expect(events[502]).toMatchObject({ phase: 'ready' });
    const text = events.map((event) => (event.type === 'output' ? event.text : '')).join('');
    expect(text).toMatch(/^line 0000\n(?:line \d+\n)+\n… 0\.0 MB left out here …\n(?:line \d+\n)+$/u);
    expect(text.endsWith('line 0999\n')).toBe(true);
    expect(text.length).toBeLessThan(300);
  });
});
