import { styleText } from 'node:util';
import { expect, test } from 'vitest';
import { toTerminalText } from '../../src/cli/guard-terminal.ts';

test('what a deck or a container says reaches the terminal without its commands', () => {
  // OSC 52 fills the clipboard, OSC 0 sets the title, CSI moves the cursor, CR hides what stands before it.
  const cases: [string, string][] = [
    ['\u001b]52;c;cm0gLXJm\u0007', '␛]52;c;cm0gLXJm␇'],
    ['\u009b2J\u009d0;title\u009c', '\ufffd2J\ufffd0;title\ufffd'],
    ['good\r\u001b[Kbad', 'good␍␛[Kbad'],
    ['\u001b[8mhidden\u001b[39m', '␛[8mhidden\u001b[39m'],
    ['access\u202egnp.exe', 'access\ufffdgnp.exe'],
    ['a\bb\u007f\u0000', 'a␈b␡␀'],
  ];
  for (const [said, shown] of cases) expect(toTerminalText(said)).toBe(shown);
});

const colour = (how: 'dim' | 'red' | 'green' | 'yellow', text: string) =>
  styleText(how, text, { validateStream: false });

test('our own colours, progress lines, tabs and other alphabets stay as they are', () => {
  for (const text of [
    ...(['dim', 'red', 'green', 'yellow'] as const).map((how) => `${colour(how, '✓')} fine\tyes\n`),
    '\r\u001b[Kbuilding, step 3 of 7',
    'Ümläute, 日本語, עברית‏, 👩‍💻\n',
  ])
    expect(toTerminalText(text)).toBe(text);
  expect(toTerminalText('from Windows\r\n')).toBe('from Windows\n');
});
