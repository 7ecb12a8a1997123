import { describe, expect, test } from 'vitest';
import type { RunEvent, RunEventBody } from '../../../src/demo/run/run-event.ts';
import { createRedactor } from '../../../src/runner/recorder/redact.ts';

const SECRET = 'c0rrect-h0rse-battery';

function redact(
  events: readonly RunEvent[],
  secrets: string[] = [SECRET],
  patterns: RegExp[] = [],
): RunEvent[] {
  const redactor = createRedactor({ secrets, patterns });
  return [...events.flatMap((event) => redactor.push(event)), ...redactor.end()];
}

const output = (at: number, text: string, service = 'web'): RunEvent => ({
  at,
  type: 'output',
  service,
  text,
});
const texts = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.type === 'output' ? [event.text] : []));
const printed = (text: string, secrets?: string[], patterns?: RegExp[]) =>
  texts(redact([output(0, text)], secrets, patterns)).join('');

describe('taking secrets out of what a run tells', () => {
  test('leaves everything as it is where there are none', () => {
    const events = [output(0, 'a'), output(5, 'b\nc')];
    expect(redact(events, [])).toEqual(events);
  });

  test('finds a secret however the output was cut, keeps every time, and loses nothing around it', () => {
    const text = `before ${SECRET} between ${SECRET}\nafter`;
    const expected = 'before [redacted] between [redacted]\nafter';
    for (let size = 1; size <= text.length; size += 1) {
      const events: RunEvent[] = [];
      for (let at = 0; at < text.length; at += size) events.push(output(at, text.slice(at, at + size)));
      const safe = redact(events);
      expect(texts(safe).join('')).toBe(expected);
      expect(safe.map(({ at }) => at)).toEqual(events.map(({ at }) => at));
    }
  });

  test('finds one whose halves another service and a phase stand between, and keeps their order', () => {
    const [head, tail] = [SECRET.slice(0, 7), SECRET.slice(7)];
    const safe = redact([
      output(1, `x ${head}`),
      output(2, 'other\n', 'db'),
      { at: 3, type: 'phase', phase: 'ready' },
      output(4, `${tail} y`),
    ]);
    expect(safe).toEqual([
      output(1, 'x [redacted]'),
      output(2, 'other\n', 'db'),
      { at: 3, type: 'phase', phase: 'ready' },
      output(4, ' y'),
    ]);
  });

  test('tells at once what can be no beginning of a secret', () => {
    const redactor = createRedactor({ secrets: [SECRET], patterns: [] });
    expect(redactor.push(output(0, 'Listening on :8000\n'))).toHaveLength(1);
    expect(redactor.push(output(1, 'c0rrect'))).toHaveLength(0);
    expect(texts(redactor.push(output(2, '-ly\n')))).toEqual(['c0rrect', '-ly\n']);
  });

  test.each([
    ['base64', Buffer.from(SECRET).toString('base64')],
    ['an Authorization header', `Basic ${Buffer.from(`me:${SECRET}`).toString('base64')}`],
    ['base64 in the middle', Buffer.from(`ab${SECRET}cd`).toString('base64')],
  ])('finds it in %s', (_what, text) => {
    const safe = printed(text);
    expect(safe).toContain('[redacted]');
    for (const word of safe.split(/[^\w+/=-]+|redacted/u)) {
      expect(Buffer.from(word, 'base64').toString()).not.toContain(SECRET.slice(4, -4));
    }
  });

  test('finds one with odd characters in JSON, in an address, in a form and in HTML', () => {
    const odd = `p"&ss w/ö<rd>'s`;
    expect(printed(JSON.stringify({ odd }), [odd])).toBe('{"odd":"[redacted]"}');
    expect(printed(`?q=${encodeURIComponent(odd)}&r`, [odd])).toBe('?q=[redacted]&r');
    expect(printed(`?${new URLSearchParams({ q: odd }).toString()}&r`, [odd])).toBe('?q=[redacted]&r');
    expect(printed('<b>p&quot;&amp;ss w/ö&lt;rd&gt;&#x27;s</b>', [odd])).toBe('<b>[redacted]</b>');
  });

  test('finds every line of one that has several, as private keys have', () => {
    expect(printed('a\n  first-line\r\nsecond-line b', ['first-line\nsecond-line\n'])).toBe(
      'a\n  [redacted]\r\n[redacted] b',
    );
  });

  test('a short one is taken out as a word only', () => {
    const cut = redact([output(0, 'the latest te'), output(1, 'st, tes'), output(2, 'ting; test')], ['test']);
    expect(texts(cut)).toEqual(['the latest [redacted]', ', tes', 'ting; [redacted]']);
  });

  test('looks into answers, errors, step names, sources, processes, addresses and questions', () => {
    const said = `x${SECRET}y`;
    const bodies: RunEventBody[] = [
      { type: 'answer', question: said, status: 200, reply: `{"a":"${said}"}` },
      { type: 'error', code: 'build-failed', message: said, hint: said },
      { type: 'step', service: 'web', step: 1, of: 1, name: `ENV KEY=${said}`, state: 'done' },
      { type: 'source', service: 'web', file: 'Dockerfile', text: `FROM a\nENV KEY=${said}\n` },
      { type: 'app', service: 'web', url: `http://127.0.0.1/?${said}`, reachable: true },
      { type: 'progress', service: 'web', item: said, done: 1 },
      {
        type: 'process',
        facts: {
          service: 'web',
          pidInside: 1,
          pidOnHost: 2,
          command: `serve --key ${said}`,
          hostVisible: true,
          namespaces: [{ name: 'pid', inside: said, host: '' }],
          limits: { memoryBytes: 1, cpus: 1, pids: 1 },
          kernel: { inside: '', host: '' },
        },
      },
    ];
    const safe = JSON.stringify(redact(bodies.map((body) => ({ at: 1, ...body }))));
    expect(safe).not.toContain(SECRET);
    expect(safe.match(/\[redacted\]/gu)).toHaveLength(10);
    expect(safe).toContain('"pidOnHost":2');
  });

  test('finds what a pattern says within a line, however the line was cut', () => {
    const pattern = /user=\S+/gu;
    const events = [output(0, 'in: us'), output(1, 'er=an'), output(2, 'na rest\nuser='), output(3, 'bob')];
    expect(texts(redact(events, [], [pattern]))).toEqual(['in: [redacted]', '', ' rest\n[redacted]', '']);
    expect(printed('nothing', [], [/x*/gu])).toBe('nothing');
  });

  test('half a million characters without a line end are no harder than with', () => {
    const events = Array.from({ length: 50_000 }, (_, at) => output(at, '..........'));
    const safe = redact(events, [SECRET], [/x+/gu]);
    expect(safe).toHaveLength(50_000);
  });

  test('finds one printed letter by letter with the other output between, and one printed to both by turns', () => {
    const onStderr = (at: number, text: string): RunEvent => ({
      at,
      type: 'output',
      service: 'web',
      isStderr: true,
      text,
    });
    const mixed = `a ${SECRET} b`.split('').flatMap((letter, i) => [output(i, letter), onStderr(i, `${i},`)]);
    // The first stderr comes when some of stdout waits already.
    for (const events of [
      mixed,
      [output(0, SECRET.slice(0, 4)), onStderr(0, '!'), output(1, SECRET.slice(4))],
    ]) {
      const safe = redact(events);
      expect(safe.map(({ at }) => at)).toEqual(events.map(({ at }) => at));
      expect(JSON.stringify(safe)).not.toContain('isStderr');
      const letters = texts(safe.filter((_, i) => !('isStderr' in (events[i] ?? {})))).join('');
      expect(letters).toBe(events === mixed ? 'a [redacted] b' : '[redacted]');
      const others = texts(safe.filter((_, i) => 'isStderr' in (events[i] ?? {}))).join('');
      expect(others).toBe(
        events === mixed ? [...mixed.keys()].slice(0, mixed.length / 2).join(',') + ',' : '!',
      );
    }
    const byTurns = SECRET.split('').map((letter, i) =>
      i % 2 === 0 ? output(i, letter) : onStderr(i, letter),
    );
    expect(texts(redact(byTurns)).join('')).toBe('[redacted]');
    const besides = SECRET.split('').flatMap((letter, i) => [
      output(i, letter),
      { at: i, type: 'output' as const, service: 'web', number: 2, text: '-' },
    ]);
    expect(texts(redact(besides)).join('').replaceAll('-', '')).toBe('[redacted]');
  });

  test('finds one with a change of colour in its middle, however it was cut, and keeps the colours', () => {
    const text = `a ${SECRET.slice(0, 5)}\u001B[01;31m${SECRET.slice(5)}\u001B[0m b`;
    for (let size = 1; size <= text.length; size += 1) {
      const events: RunEvent[] = [];
      for (let at = 0; at < text.length; at += size) events.push(output(at, text.slice(at, at + size)));
      expect(texts(redact(events)).join('')).toBe('a [redacted]\u001B[01;31m\u001B[0m b');
    }
  });

  test.each([
    ["Python's json.dumps", String.raw`p\u00e4ss-w\u00f6rd/"it's"`.replaceAll('"', String.raw`\"`)],
    ["Python's repr of bytes", String.raw`p\xc3\xa4ss-w\xc3\xb6rd/"it\'s"`],
    ["PHP's json_encode", String.raw`p\u00e4ss-w\u00f6rd\/\"it's\"`],
    ["Django's escapejs", String.raw`p\u00E4ss\u002Dw\u00F6rd\u002F\u0022it\u0027s\u0022`],
    ["Go's html/template", 'pass'],
    ['HTML with numbers', 'p&#228;ss&#45;w&#246;rd&#47;&#34;it&#39;s&#34;'],
  ])('finds one as %s writes it', (_who, written) => {
    const secret = written === 'pass' ? 'pa+ss' : `päss-wörd/"it's"`;
    const text = written === 'pass' ? 'pa&#43;ss' : written;
    expect(printed(`x ${text} y`, [secret])).toBe('x [redacted] y');
  });
});
