import { describe, expect, test } from 'vitest';
import { BoundedOutput } from '../../../../src/browser/panel/terminal/bounded-output.ts';

const SIZE = { cols: 80, rows: 24 };
const bound = (...parts: string[]): string => {
  const output = new BoundedOutput();
  return parts.flatMap((part) => output.push(part, SIZE)).join('');
};
const CSI = '\u001B[';

describe('what comes to a terminal', () => {
  test.each([
    'plain text, ümlaute, 漢字 and 🎉\r\n\ttabs',
    `${CSI}31mred${CSI}0m ${CSI}38;2;255;100;0mtrue colour ${CSI}4:3mcurly`,
    `${CSI}2J${CSI}H${CSI}10;20H${CSI}?25l${CSI}?1049h${CSI}K${CSI}3A${CSI}5;10r`,
    `a${CSI}20b${CSI}3L${CSI}2M${CSI}4P${CSI}4@${CSI}2X${CSI}8;30;100t`,
    '\u001B7\u001B8\u001BM\u001B(0lqk\u001B(B',
    'e\u0301 and 👩🏽‍🚀 keep their marks',
  ])('is what the program meant: %j', (text) => {
    expect(bound(text)).toBe(text);
    expect(bound(...text.split(''))).toBe(text);
  });

  test.each([
    ...['L', 'M', 'S', 'T'].map((final) => [`${CSI}2147483647${final}`, `${CSI}24${final}`]),
    ...['@', 'P', 'X', 'I', 'Z'].map((final) => [`${CSI}99999999${final}`, `${CSI}80${final}`]),
    [`${CSI}2147483647b`, `${CSI}1920b`],
    [`${CSI}2147483647;1b`, `${CSI}1920;1b`],
    [`\u009B2147483647S`, `${CSI}24S`],
    [`${CSI}2147483647;2147483647H`, `${CSI}9999;9999H`],
    [`${CSI}2147483647 @`, `${CSI}80 @`],
    [`${CSI}2147483647'}`, `${CSI}80'}`],
  ])('has no count beyond the terminal: %j', (text, bounded) => {
    expect(bound(text ?? '')).toBe(bounded);
    expect(bound(...(text ?? '').split(''))).toBe(bounded);
  });

  test.each([
    ['\u001B]0;a title\u0007'],
    ['\u001B]52;c;aGVsbG8=\u001B\\'],
    ['\u001BPq#0;2;0;0;0#0~~@@vv\u001B\\'],
    ['\u001B_Gf=24;AAAA\u001B\\'],
    ['\u001B^private\u001B\\'],
    ['\u009Da title\u009C'],
    [`\u001BP${'x'.repeat(300_000)}\u001B\\`],
    [`${CSI}${'1;'.repeat(5000)}m`],
    [`${CSI}?1003h`],
  ])('has no string of another protocol: %j', (text) => {
    expect(bound(`a${text}b`)).toBe('ab');
    expect(bound('a', text.slice(0, 3), text.slice(3), 'b')).toBe('ab');
  });

  test('after a string without an end goes on where a new sequence, or CAN, ends it', () => {
    expect(bound(`\u001B]0;lost ${CSI}31mred`)).toBe(`${CSI}31mred`);
    expect(bound('\u001BPlost\u0018text')).toBe('text');
  });

  test('has no more marks on a letter than somebody could tell apart', () => {
    for (const mark of ['\u0301', '\u1161', '\u11A8', '\uD7B0', '\u200D'])
      expect(bound(`a${mark.repeat(100_000)}b`)).toBe(`a${mark.repeat(16)}b`);
  });

  test('comes in pieces, each of which is little work', () => {
    const output = new BoundedOutput();
    expect(output.push(`${CSI}1900b`.repeat(300), SIZE).length).toBeGreaterThan(9);
    expect(output.push(`${CSI}8;999;999t`.repeat(10), SIZE)).toHaveLength(10);
    expect(output.push(`${CSI}?${'1049;'.repeat(30)}47h`.repeat(20), SIZE).length).toBeGreaterThan(9);
    expect(output.push('\u001B#8'.repeat(1000), SIZE).length).toBeGreaterThan(20);
    expect(output.push('lost\u001Bc'.repeat(1000), SIZE)).toEqual(['\u001Bc']);
    expect(output.push('x'.repeat(32_000), SIZE)).toHaveLength(1);
  });
});
