import { describe, expect, test } from 'vitest';
import {
  createCastEncoder,
  toCastHeader,
  type Recording,
  type RecordingFacts,
} from '../../../src/demo/recording/recording.ts';
import { CastReader, parseRecording } from '../../../src/demo/recording/cast-reader.ts';
import type { RunEvent } from '../../../src/demo/run/run-event.ts';
import { terminalText } from '../../../src/demo/run/terminal-text.ts';
import { EVENTS } from '../events.ts';

const FACTS: RecordingFacts = {
  formatVersion: 1,
  demo: 'django',
  sourcesHash: 'abc',
  engine: 'Docker Engine 20.10',
  builder: 'buildkit',
  platform: 'linux/amd64',
  imageIds: ['sha256:1'],
};
const HEADER = toCastHeader({ title: 'Django', timestamp: 1_795_466_246, cols: 80, rows: 24, facts: FACTS });

function write(events: readonly RunEvent[]): string {
  const encode = createCastEncoder();
  return HEADER + events.map(encode).join('');
}

function read(text: string): Recording {
  const recording = parseRecording(text);
  if ('unreadable' in recording) throw new Error(recording.unreadable);
  return recording;
}

/** The lines of somebody else's asciicast v3, header first. */
function foreign(...lines: unknown[]): string {
  const header = {
    version: 3,
    term: { cols: 100, rows: 30, type: 'xterm-256color' },
    env: { SHELL: '/bin/sh' },
  };
  return [header, ...lines].map((line) => JSON.stringify(line)).join('\n') + '\n';
}

describe('a recording of another version', () => {
  const v2 = (...lines: unknown[]) =>
    [{ version: 2, width: 100, height: 30, title: 'Two', idle_time_limit: 1.5 }, ...lines]
      .map((line) => JSON.stringify(line))
      .join('\n');

  test('2 has its times counted from the beginning', () => {
    const recording = read(v2([0.5, 'o', 'a'], [1.25, 'i', 'q'], [2, 'm', 'here'], [2.0001, 'o', 'b']));
    expect(recording).toMatchObject({
      title: 'Two',
      cols: 100,
      rows: 30,
      idleLimitMs: 1500,
      isComplete: true,
    });
    expect(recording.events).toEqual([
      { at: 500, type: 'output', service: '', text: 'a' },
      { at: 2000, type: 'output', service: '', text: 'b' },
    ]);
    expect(recording.markers).toEqual([{ at: 2000, label: 'here' }]);
  });

  test('2 whose times run backwards plays in the order of the file, and says so', () => {
    const recording = read(v2([3, 'o', 'a'], [1, 'o', 'b'], [4, 'o', 'c']));
    expect(recording.events.map(({ at }) => at)).toEqual([3000, 3000, 4000]);
    expect(recording.problems).toEqual(['time runs backwards in line 3']);
  });

  test.each([
    ['one line', undefined],
    ['several lines', 2],
  ])('1 is one JSON text, on %s', (_what, indent) => {
    const document = {
      version: 1,
      width: 80,
      height: 24,
      duration: 1.5,
      title: 'One',
      stdout: [
        [0.25, 'a\r\n'],
        [1, 'b'],
      ],
    };
    const recording = read(JSON.stringify(document, undefined, indent));
    expect(recording).toMatchObject({ title: 'One', cols: 80, rows: 24, problems: [], isComplete: true });
    expect(recording.events.map((event) => [event.at, event.type === 'output' && event.text])).toEqual([
      [250, 'a\r\n'],
      [1250, 'b'],
    ]);
  });

  test('is read the same in whatever pieces its text comes', () => {
    for (const text of [write(EVENTS), v2([1, 'o', 'a'], [2, 'o', 'ü€🐳'])]) {
      for (const size of [1, 7, 64]) {
        const reader = new CastReader();
        for (let at = 0; at < text.length; at += size) reader.push(text.slice(at, at + size));
        expect(reader.end()).toEqual(parseRecording(text));
      }
    }
  });
});

describe('a recording that is too big', () => {
  const line = `[0.001,"o","${'x'.repeat(1000)}"]\n`;

  test('is read for 32 MB, plays as far as that, and says so', () => {
    const reader = new CastReader();
    reader.push(foreign());
    let pushed = 0;
    for (; !reader.isFull; pushed += 1) reader.push(line.repeat(100));
    expect(pushed * line.length * 100).toBeLessThan(33_000_000);
    const recording = reader.end();
    if ('unreadable' in recording) throw new Error(recording.unreadable);
    expect(recording.events.length).toBeGreaterThan(30_000);
    expect(recording.problems).toEqual(['it is longer than 32 MB, and what comes after that is left out']);
  });

  test('and has no line end is not kept', () => {
    const reader = new CastReader();
    for (let pushed = 0; pushed < 100 && !reader.isFull; pushed += 1) reader.push('x'.repeat(1_000_000));
    expect(reader.end()).toEqual({ unreadable: 'its first line has no end' });
  });

  test('of mistakes tells the first of them', () => {
    const { problems, events } = read(foreign() + 'nonsense\n'.repeat(100_000) + '[0,"o","end"]\n');
    expect(problems).toHaveLength(20);
    expect(events).toHaveLength(1);
  });
});

describe('a recording', () => {
  test('gives back the events that it was written from, with every type and every character', () => {
    const recording = read(write(EVENTS));
    expect(recording.events).toEqual(EVENTS);
    expect(recording).toMatchObject({ title: 'Django', cols: 80, rows: 24, timestamp: 1_795_466_246 });
    expect(recording).toMatchObject({ facts: FACTS, isComplete: true, problems: [] });
  });

  test('names the lines of several services once, live and replayed', () => {
    const outputs: RunEvent[] = [
      { at: 1, type: 'output', service: 'api', isNamed: true, text: 'one\ntw' },
      { at: 2, type: 'output', service: 'api', isNamed: true, after: 'own', text: 'o\n' },
      { at: 3, type: 'output', service: 'web', isNamed: true, number: 2, text: 'three\n' },
      { at: 4, type: 'output', service: 'web', number: 2, text: 'four\n' },
      { at: 5, type: 'output', service: 'web', text: 'five\n' },
    ];
    const replayed = read(write(outputs)).events;
    expect(replayed.map(terminalText).join('')).toBe(outputs.map(terminalText).join(''));
    // As a recording has it in which the text stood only where it was printed.
    const older = write(outputs.slice(3, 4)).replace('four\\\\n', '');
    expect(read(older).events.map(terminalText).join('')).toBe(terminalText(outputs[3] as RunEvent));
  });

  test('is plain asciicast v3 for everybody else: text, markers and the exit status', () => {
    const lines = write(EVENTS)
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => JSON.parse(line) as [number, string, string]);
    expect(lines.every(([interval]) => interval >= 0)).toBe(true);
    const of = (code: string) => lines.filter((line) => line[1] === code).map((line) => line[2]);
    expect(of('o').join('')).toBe(EVENTS.map(terminalText).join(''));
    expect(of('m')).toEqual(['queued', 'building', '1/2 FROM python', '2/2 CMD ["x"]', 'ready', 'failed']);
    expect(lines.at(-1)?.slice(1)).toEqual(['x', '1']);
  });

  test('keeps times to the millisecond over ten thousand events', () => {
    const events = Array.from({ length: 10_000 }, (_, i): RunEvent => ({
      at: i * 7,
      type: 'layer',
      service: 'web',
      step: 1,
      bytes: i,
    }));
    expect(read(write(events)).events.at(-1)?.at).toBe(9999 * 7);
  });

  test('does not drift when another recorder counted in microseconds', () => {
    const lines = Array.from({ length: 10_000 }, () => [0.0004, 'o', 'x']);
    expect(read(foreign(...lines)).events.at(-1)?.at).toBe(4000);
  });

  test('never writes time that runs backwards, and goes on at the right time after it', () => {
    const at = (ms: number): RunEvent => ({ at: ms, type: 'layer', service: 'web', step: 1, bytes: ms });
    expect(read(write([at(100), at(50), at(200)])).events.map((event) => event.at)).toEqual([100, 100, 200]);
  });

  test('reads intervals below zero as none', () => {
    const recording = read(foreign([1, 'o', 'a'], [-5, 'o', 'b'], [1, 'o', 'c']));
    expect(recording.events.map((event) => event.at)).toEqual([1000, 1000, 2000]);
    expect(recording.problems).toEqual(['time runs backwards in line 3']);
  });

  test('passes over times that no clock can show', () => {
    const text = `${foreign([1, 'o', 'a'])}[1e308,"o","b"]\n[1e999,"o","c"]\n`;
    const recording = read(text);
    expect(recording.events).toHaveLength(1);
    expect(recording.problems).toEqual(['line 3 is not an event', 'line 4 is not an event']);
  });

  test('plays as far as it goes when it was cut off in the middle of a line', () => {
    const whole = write(EVENTS);
    const cut = read(whole.slice(0, whole.indexOf('wörld') + 3));
    expect(cut.events).toEqual(EVENTS.slice(0, 9));
    expect(cut.isComplete).toBe(false);
    expect(cut.problems).toHaveLength(1);
  });

  test('reads every prefix of a file without throwing, and never an event that was not written', () => {
    const whole = write(EVENTS);
    for (let end = HEADER.length; end < whole.length; end += 17) {
      const { events } = read(whole.slice(0, end));
      expect(events).toEqual(EVENTS.slice(0, events.length));
    }
  });

  test('keeps an output event without text from taking the text of the next event', () => {
    const events: RunEvent[] = [
      { at: 0, type: 'output', service: 'web', text: '' },
      { at: 1, type: 'phase', phase: 'building' },
      { at: 2, type: 'output', service: 'web', text: 'real' },
    ];
    expect(read(write(events)).events).toEqual(events.slice(1));
  });

  test('skips event codes and event types that it does not know', () => {
    const unknown =
      '[0,"z","?"]\n[0,"i","typed"]\n[0,"r","80x24"]\n[0,"d","{\\"type\\":\\"hologram\\"}"]\n[0,"d","not json"]\n';
    const recording = read(write(EVENTS) + unknown);
    expect(recording.events).toEqual(EVENTS);
    expect(recording.problems).toHaveLength(2);
    expect(recording.problems[0]).toMatch(/^line \d+ is an event that this Deckhand does not know$/);
  });

  test('skips comments, empty lines and carriage returns', () => {
    const text = `${HEADER}# made by hand\n\n${write(EVENTS).slice(HEADER.length)}`.replaceAll('\n', '\r\n');
    const recording = read(text);
    expect(recording.events).toEqual(EVENTS);
    expect(recording.problems).toEqual([]);
  });

  test('reads an asciicast v3 of somebody else as output and exit', () => {
    const recording = read(
      foreign([0.5, 'o', '$ ls\r\n'], [0.25, 'i', 'q'], [1, 'm', 'here'], [0, 'x', '3']),
    );
    expect(recording).toMatchObject({
      facts: undefined,
      cols: 100,
      rows: 30,
      timestamp: 0,
      isComplete: true,
    });
    expect(recording.events).toEqual([
      { at: 500, type: 'output', service: '', text: '$ ls\r\n' },
      { at: 1750, type: 'exit', status: 3 },
    ]);
  });

  test.each([
    ['an empty file', '', /it is empty/],
    ['another format', 'PNG\u0000\u0001', /no asciicast header/],
    ['asciicast version 4', '{"version":4,"term":{"cols":80,"rows":24}}\n', /asciicast version 4.*1 to 3/],
    ['a header that is cut off', '{"version":3,"term":{"cols":80', /no asciicast header/],
    ['a header over several lines', '{"version":3,\n"term":{"cols":80,"rows":24}}\n', /several lines/],
    [
      'a terminal of a million columns',
      '{"version":3,"term":{"cols":1000000,"rows":24}}\n',
      /no asciicast header/,
    ],
    ['a newer Deckhand', HEADER.replace('"formatVersion":1', '"formatVersion":999'), /newer Deckhand.*999/],
  ])('says why it cannot play %s', (_what, text, reason) => {
    expect(parseRecording(text)).toEqual({ unreadable: expect.stringMatching(reason) });
  });

  test('has a date that can be shown, whatever its header says', () => {
    for (const timestamp of [1e300, -1, 'yesterday']) {
      const text = `${JSON.stringify({ version: 3, term: { cols: 80, rows: 24 }, timestamp })}\n`;
      expect(new Date(read(text).timestamp * 1000).toISOString()).toBe('1970-01-01T00:00:00.000Z');
    }
  });
});
