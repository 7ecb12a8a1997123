import { describe, expect, test } from 'vitest';
import { toAnswer } from '../../../src/demo/run/answer-parts.ts';

const parts = (...values: string[]) => ({ parts: values.map((value) => ({ label: 'road', value })) });
const reply = (body: unknown, status = 200) => toAnswer({ status, reply: JSON.stringify(body) });

describe('an answer on a slide', () => {
  test('is its labelled parts, with what the service notes', () => {
    expect(reply({ ...parts('rue de rivoli'), note: 'by a stand-in' })).toEqual({
      kind: 'parts',
      parts: [{ label: 'road', value: 'rue de rivoli' }],
      note: 'by a stand-in',
    });
  });

  test('is the reason, when the service refuses', () => {
    expect(reply({ message: 'Type an address first.' }, 400)).toEqual({
      kind: 'refused',
      message: 'Type an address first.',
    });
  });

  test('says the status, when the service gives no reason', () => {
    const refused = { kind: 'refused', message: 'The service answered with status 502.' };
    expect(toAnswer({ status: 502, reply: '<html>Bad gateway</html>' })).toEqual(refused);
    expect(reply({ message: 5 }, 502)).toEqual(refused);
  });

  test.each([
    '',
    'plain words',
    '{"parts": "none"}',
    '{"parts": [{"label": 1, "value": null}]}',
    '[',
    'null',
  ])('is text, when the reply is not parts: %j', (text) => {
    expect(toAnswer({ status: 200, reply: text })).toEqual({ kind: 'text', text });
  });

  test('is cut where a slide ends, and never inside a character', () => {
    const many = reply(parts(...Array.from({ length: 500 }, () => 'x')));
    expect(many.kind === 'parts' && many.parts.length).toBe(60);
    const long = reply(parts(`${'x'.repeat(399)}🏠🏠`));
    expect(long).toMatchObject({ parts: [{ value: `${'x'.repeat(399)}…` }] });
  });
});
