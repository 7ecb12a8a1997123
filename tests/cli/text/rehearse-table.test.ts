import { describe, expect, test } from 'vitest';
import type { RehearsedDemo } from '../../../src/talk/rehearse/rehearse-demo.ts';
import { toTable } from '../../../src/cli/text/rehearse-table.ts';

const fine: RehearsedDemo = {
  name: 'django',
  budgetMs: 90_000,
  first: { buildMs: 12_345, readyMs: 14_020 },
  second: { buildMs: 210, readyMs: 1800 },
  problems: [],
  remarks: [],
  isRecorded: true,
  isInterrupted: false,
};
const failed: RehearsedDemo = {
  ...fine,
  name: 'libpostal',
  first: {},
  problems: [
    {
      message:
        'Line 9 ended with exit code 4: RUN wget -qO ../libpostal.tar.gz $SOURCE/archive/v$VERSION.tar.gz',
      hint: 'What the step printed says why.',
      printed: ['\u001b[31mno route to host\u001b[0m'],
    },
  ],
  isRecorded: false,
};
delete failed.second;

const plain = { isColoured: false, columns: 80 };

describe('the table of a rehearsal', () => {
  test('shows what was measured in columns, and what is wrong below, in 80 characters', () => {
    const lines = toTable([fine, failed], plain).split('\n');
    expect(lines).toEqual([
      'demo        build   ready   second build   budget   verdict',
      'django       12 s    14 s          0.2 s     90 s   ✓ works',
      'libpostal       –       –              –     90 s   ✗ fails',
      '',
      '✗ libpostal: Line 9 ended with exit code 4: RUN wget -qO ../libpostal.tar.gz',
      '  $SOURCE/archive/v$VERSION.tar.gz',
      '    no route to host',
      '  → What the step printed says why.',
      '',
      '1 of 2 demos failed, 1 recorded.',
      '',
    ]);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
  });

  test('a remark is no failure', () => {
    const text = toTable([{ ...fine, remarks: ['its first start took 95 s'] }], plain);
    expect(text).toContain('● works, but');
    expect(text).toContain('● django: its first start took 95 s.');
    expect(text).toContain('The demo works, 1 recorded.');
  });

  test('what was ended in the middle has no verdict', () => {
    const text = toTable([fine, { ...fine, name: 'b', isInterrupted: true }], plain);
    expect(text).toContain('– stopped');
    expect(text).toContain('Stopped before its end');
  });
});
