import { describe, expect, test } from 'vitest';
import { collectPatterns, toPattern } from '../../../src/cli/options/redact-patterns.ts';

describe('--redact', () => {
  test('takes a regular expression, with or without care for case, any number of times', () => {
    const patterns = collectPatterns('/session=\\w+/i', collectPatterns('a+'));
    expect(patterns.map(String)).toEqual(['/a+/gu', '/session=\\w+/giu']);
  });

  test('says what is wrong with one that is none, and how to write it', () => {
    expect(() => toPattern('(a')).toThrow(
      expect.objectContaining({ code: 'bad-pattern', message: expect.stringContaining('--redact "(a"') }),
    );
  });
});
