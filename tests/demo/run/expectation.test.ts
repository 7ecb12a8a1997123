import { describe, expect, test } from 'vitest';
import { findMismatch, nameExpectation } from '../../../src/demo/run/expectation.ts';

describe('what a demo is expected to answer', () => {
  test('is met by its status, and by the text if one is named', () => {
    expect(findMismatch({ http: '/', status: 200 }, { status: 200, text: 'anything' })).toBeUndefined();
    expect(
      findMismatch({ http: '/', status: 404, contains: 'no' }, { status: 404, text: 'not here' }),
    ).toBeUndefined();
  });

  test('is not met by another status, and says both', () => {
    expect(findMismatch({ http: '/', status: 200 }, { status: 500, text: 'oh' })).toBe(
      'answered with status 500, not 200',
    );
  });

  test('is not met without the text, and shows what a reader would see of the page instead', () => {
    const page = `<!doctype html><style>a{}</style><script>\nx</script>\n<h1>Hello</h1>\n<p>${'word '.repeat(50)}`;
    const said = findMismatch({ http: '/', status: 200, contains: 'Bye' }, { status: 200, text: page });
    expect(said).toMatch(/^answered without "Bye": "Hello word word .*…"$/u);
    expect(findMismatch({ http: '/', status: 200, contains: 'Bye' }, { status: 200, text: '' })).toBe(
      'answered with nothing, not "Bye"',
    );
  });

  test('is called by what is asked', () => {
    expect(nameExpectation({ http: '/health', status: 200 })).toBe('GET /health');
    expect(nameExpectation({ ask: '10 Downing Street', status: 200 })).toBe('"10 Downing Street"');
  });
});
