import { describe, expect, test } from 'vitest';
import { parseDockerignore } from '../../src/engine/build/dockerignore.ts';

const leavesOut = (text: string, file: string): boolean => parseDockerignore(text).leavesOut(file);

describe('what a .dockerignore leaves out, as Docker has it', () => {
  test.each<[pattern: string, file: string, isOut: boolean]>([
    ['**', 'file', true],
    ['**/', 'dir/file', true],
    ['**/**', 'dir/file', true],
    ['dir/**', 'dir/file', true],
    ['dir/**', 'dir/dir2/file', true],
    ['dir/**', 'dir', false],
    ['dir', 'dir/dir2/file', true],
    ['dir/', 'dir/file', true],
    ['/dir', 'dir/file', true],
    ['./dir/../dir', 'dir/file', true],
    ['dir', 'dirt', false],
    ['dir', 'other/dir', false],
    ['**/dir', 'dir', true],
    ['**/dir', 'dir/file', true],
    ['**/dir2/*', 'dir/dir2/file', true],
    ['**/dir2/*', 'dir/dir2/', true],
    ['**/dir2/**', 'dir/dir2/dir2/file', true],
    ['**file', 'file', true],
    ['**file', 'dir/afile', true],
    ['**/file', 'dir/dir/file', true],
    ['**/file', 'dir/afile', false],
    ['**/file*txt', 'dir/dir/filetxt', true],
    ['**/file*.txt', 'dir/dir/file.txt', true],
    ['**/**/*.txt', 'dir/file.txt', true],
    ['**/**/*.txt2', 'dir/file.txt', false],
    ['**/*.txt', 'file.txt', true],
    ['**/.foo', 'bar.foo', false],
    ['a**b', 'ab', true],
    ['a**/b', 'axb', false],
    ['a**/b', 'a/x/b', true],
    ['a*/b', 'ac/b', true],
    ['a*/b', 'a/c/b', false],
    ['a[b-d]e', 'ace', true],
    ['a[b-d]e', 'aae', false],
    ['a[^b-d]e', 'aze', true],
    ['a[^b-d]e', 'ace', false],
    [String.raw`a[\]x]e`, 'a]e', true],
    ['.*', '.foo', true],
    ['.*', 'foo', false],
    ['abc.def', 'abcZdef', false],
    ['abc?def', 'abcZdef', true],
    ['abc?def', 'abc/def', false],
    [String.raw`a\*b`, 'a*b', true],
    [String.raw`a\*b`, 'axb', false],
    ['a(b)c/def', 'a(b)c/def', true],
    ['a.|)$(}+{bc', 'a.|)$(}+{bc', true],
    ['größe?', 'größe😀', true],
    ['# a comment', 'a', false],
    [' spaced ', 'spaced', true],
    ['\uFEFFbom', 'bom', true],
  ])('%s: %s', (pattern, file, isOut) => {
    expect(leavesOut(pattern, file)).toBe(isOut);
  });

  test.each<[string, string, boolean]>([
    ['**\n!util/docker/web', 'util/docker/web/foo', false],
    ['**\n!util/docker/web\nutil/docker/web/foo', 'util/docker/web/foo', true],
    [
      '**\n!dist/proxy.py-2.4.0rc3.dev36+g08acad9-py3-none-any.whl',
      'dist/proxy.py-2.4.0rc3.dev36+g08acad9-py3-none-any.whl',
      false,
    ],
    ['docs\n! docs/README.md', 'docs/README.md', false],
    ['docs\n! docs/README.md', 'docs/a.md', true],
    ['!docs\ndocs', 'docs', true],
  ])('a later rule that brings something back: %j, %s', (text, file, isOut) => {
    expect(leavesOut(text, file)).toBe(isOut);
  });

  test.each(['a[', 'a[]b', 'a[b-]', 'a\\', '!', '[^]'])('%s is refused with its line', (pattern) => {
    expect(() => parseDockerignore(`ok\n${pattern}`)).toThrow(/\.dockerignore, line 2: /u);
  });
});

test('patterns made to take for ever take no time', () => {
  const patterns = [`${'**/'.repeat(30)}${'a*'.repeat(30)}b`, `${'*a'.repeat(60)}b`, `${'**a'.repeat(60)}b`];
  expect(leavesOut(patterns.join('\n'), `${'a'.repeat(250)}/${'a'.repeat(250)}`)).toBe(false);
  expect(leavesOut(`${'*a'.repeat(10)}b`, `${'a'.repeat(30)}b`)).toBe(true);
}, 1000);
