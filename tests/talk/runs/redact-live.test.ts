import { expect, test } from 'vitest';
import type { RunEvent, RunEventBody } from '../../../src/demo/run/run-event.ts';
import { RunLog } from '../../../src/runner/run-log.ts';
import { redactLive } from '../../../src/talk/runs/redact-live.ts';

function start() {
  const log = new RunLog(() => 0);
  const shown = redactLive(log, { secrets: ['hunter2!'], patterns: [/token=\w+/gu] });
  const read = async (count: number): Promise<RunEvent[]> => {
    const events: RunEvent[] = [];
    for await (const event of shown.events(0, new AbortController().signal)) {
      events.push(event);
      if (events.length === count) break;
    }
    return events;
  };
  return { log, read };
}

const output = (text: string): RunEventBody => ({ type: 'output', service: 'web', text });

test('what a recording may not show is covered on live screens, also when it comes in pieces', async () => {
  const { log, read } = start();
  for (const text of ['the key is hun', 'ter2!, and token=', 'abc123\n', 'bye\n']) log.push(output(text));
  log.push({ type: 'exit', status: 0 });
  const events = await read(5);
  const text = events.flatMap((event) => (event.type === 'output' ? [event.text] : [])).join('');
  expect(text).toBe('the key is [redacted], and [redacted]\nbye\n');
  expect(events.at(-1)?.type).toBe('exit');
});

test('a prompt without an end is not held back for long, and what is edited stays as it is saved', async () => {
  const { log, read } = start();
  log.push({ type: 'shell', service: 'web', text: '# ls' });
  log.push({ type: 'file', file: 'app.py', text: 'KEY = "hunter2!"' });
  log.push({ type: 'shell', service: 'web', text: ' -l' });
  const events = await read(3);
  expect(events.map((event) => ('text' in event ? event.text : ''))).toEqual([
    '# ls',
    'KEY = "hunter2!"',
    ' -l',
  ]);
});
