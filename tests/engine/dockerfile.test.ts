import { describe, expect, test } from 'vitest';
import { findBaseImages } from '../../src/engine/build/base-images.ts';
import { parseDockerfile } from '../../src/engine/build/dockerfile.ts';

const lines = (text: string) =>
  parseDockerfile(text).instructions.map(({ line, text }) => `${line}: ${text}`);
const bases = (text: string, args = {}, target?: string) =>
  findBaseImages(parseDockerfile(text), args, target).map(({ name }) => name);

describe('the lines of a Dockerfile', () => {
  test('an instruction stands on the line where it begins, over continuations, comments and empty lines', () => {
    const text = ['# a comment', 'FROM x', '', 'RUN one && \\', '  # why', '', '  two', 'CMD three'].join(
      '\n',
    );
    expect(lines(text)).toEqual(['2: FROM x', '4: RUN one && two', '8: CMD three']);
  });

  test('here-documents are input, not instructions', () => {
    const text = [
      'FROM x',
      'RUN <<EOF',
      'FROM not',
      'RUN not',
      'EOF',
      'COPY <<-"A" <<B /y',
      'a',
      '\tA',
      'b',
      'B',
      'CMD z',
    ];
    expect(lines(text.join('\n'))).toEqual([
      '1: FROM x',
      '2: RUN <<EOF',
      '6: COPY <<-"A" <<B /y',
      '11: CMD z',
    ]);
  });

  test('a here-string or a here-document that never ends takes nothing away', () => {
    expect(lines('FROM x\nRUN cat <<< word\nRUN cat <<NEVER\nCMD y')).toHaveLength(4);
  });

  test('the escape directive changes what continues a line', () => {
    expect(lines('# escape=`\nFROM x\nRUN a `\n  b\nRUN c:\\')).toEqual([
      '2: FROM x',
      '3: RUN a b',
      '5: RUN c:\\',
    ]);
  });

  test('Windows line ends and a byte order mark are not seen', () => {
    expect(lines('\uFEFFFROM x\r\nRUN a \\\r\n  b\r\n')).toEqual(['1: FROM x', '2: RUN a b']);
  });

  test('each instruction knows its stage, and those before the first FROM have none', () => {
    const { instructions } = parseDockerfile('ARG V=1\nFROM a AS one\nRUN x\nfrom b\nCMD y');
    expect(instructions.map(({ verb, stage }) => `${verb} ${stage}`)).toEqual([
      'ARG -1',
      'FROM 0',
      'RUN 0',
      'FROM 1',
      'CMD 1',
    ]);
  });
});

describe('the images that a build needs', () => {
  test('build arguments are filled in, with their defaults and the options of ${}', () => {
    const text = 'ARG V=3.13\nARG KIND\nFROM python:$V-${KIND:-slim}${KIND:+-x}';
    expect(bases(text)).toEqual(['python:3.13-slim']);
    expect(bases(text, { V: '3.12', KIND: 'alpine' })).toEqual(['python:3.12-alpine-x']);
  });

  test('stages are no images, and neither is scratch', () => {
    expect(bases('FROM a AS build\nFROM scratch\nCOPY --from=build /x /x')).toEqual(['a']);
  });

  test('images that files are copied or mounted from count', () => {
    const text =
      'FROM a\nCOPY --from=ghcr.io/astral-sh/uv:1 /uv /uv\nRUN --mount=type=bind,from=c,target=/c true';
    expect(bases(text)).toEqual(['a', 'ghcr.io/astral-sh/uv:1', 'c']);
  });

  test('only what the target is made from counts', () => {
    const text = 'FROM a AS one\nFROM b AS two\nFROM one AS three\nCOPY --from=two /x /x';
    expect(bases(text, {}, 'one')).toEqual(['a']);
    expect(bases(text, {}, 'three')).toEqual(['a', 'b']);
  });

  test('a name that depends on an argument of another platform is left to the builder', () => {
    expect(bases('FROM --platform=$BUILDPLATFORM a')).toEqual(['a']);
  });
});

describe('arguments of a hostile Dockerfile', () => {
  test('may be called as what every object knows', () => {
    expect(bases('ARG constructor\nARG __proto__=x\nFROM a${constructor}b$__proto__')).toEqual(['abx']);
    expect(bases('ARG toString=1\nFROM a:$toString', { constructor: 'x' })).toEqual(['a:1']);
  });

  test('that are made of each other do not grow without end', () => {
    const doubled = Array.from({ length: 60 }, (_, i) => `ARG A${i + 1}=$A${i}$A${i}`).join('\n');
    expect(bases(`ARG A0=aaaaaaaaaa\n${doubled}\nFROM x$A60`)).toEqual([]);
  });
});
