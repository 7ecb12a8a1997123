import { deflateSync } from 'node:zlib';

/** A picture of one colour, PNG. */
export function drawPng(width: number, height: number): Buffer {
  return toPng(width, height, 2, 8);
}

/** A PNG of a colour type and bits a sample; `fill` may draw each row, which begins with a byte for the filter. */
export function toPng(
  width: number,
  height: number,
  type: 0 | 2 | 4 | 6,
  bits: 1 | 8 | 16,
  fill: (row: Buffer) => void = () => {},
): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([bits, type, 0, 0, 0], 8);
  const samples = { 0: 1, 2: 3, 4: 2, 6: 4 }[type];
  const rows = Buffer.concat(
    Array.from({ length: height }, () => {
      const row = Buffer.alloc(1 + Math.ceil((width * samples * bits) / 8), 120);
      row[0] = 0;
      fill(row);
      return row;
    }),
  );
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    toChunk('IHDR', header),
    toChunk('IDAT', deflateSync(rows)),
    toChunk('IEND', Buffer.alloc(0)),
  ]);
}

function toChunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.length, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc(body), body.length + 4);
  return chunk;
}

function crc(bytes: Buffer): number {
  let value = 0xffff_ffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb8_8320 : value >>> 1;
  }
  return (value ^ 0xffff_ffff) >>> 0;
}

const LINES = Array.from({ length: 40 }, (_, i) => `l${i + 1} = ${i + 1}`).join('\n');
const CELLS = Array.from({ length: 9 }, (_, i) => `unbreakablewordnumber${i}`);

/** What slides once showed otherwise than they were meant. */
export const SCREEN_DECK = `## Stretch

Words above.

![](big.png){.r-stretch}

Words below.

## Small

![](small.png){.r-stretch}

## Caption

![The caption](big.png){.r-stretch}

## Raw

<img src="big.png" class="r-stretch">

Below

## Fit

### FIT ME PLEASE {.r-fit-text}

## Long code

\`\`\` {.python data-line-numbers="1-2|38-40|20"}
${LINES}
\`\`\`

## Wide table

| ${CELLS.join(' | ')} |
|${CELLS.map(() => '---|').join('')}
| ${CELLS.map((_, i) => String(i)).join(' | ')} |

## Wide code

\`\`\` bash
docker run --rm -it --name a-very-long-name --mount type=bind,source=/srv/data,target=/data --publish 127.0.0.1:8080:80 registry.example.org/some/image:1.2.3-alpine sh -c 'echo hello'
\`\`\`

## Lists

- a
- b

1. one
2. two

- [ ] task
- [x] done

| verse one
|    indented

## Light {data-background-color=white}

[link](#lists) \`code\`

## Numbers

\`\`\` {.python data-line-numbers="" data-ln-start-from=7}
a = 1
b = 2
\`\`\`
`;

/** Every way to put steps in an order, and effects that show or hide. */
export const STEPS_DECK = `## Order

[third]{.fragment fragment-index=3} [first]{.fragment fragment-index=1} [second]{.fragment fragment-index=2} [last]{.fragment}

- [one]{.fragment fragment-index=1}
- [two]{.fragment fragment-index=2}

## Cells

| a | b |
|---|---|
| [x]{.fragment} | [y]{.fragment} |
| [z]{.fragment} | w |

## Code

\`\`\` {.python data-line-numbers="1|2|3" data-fragment-index=1}
a = 1
b = 2
c = 3
\`\`\`

::: {.fragment fragment-index=1}
comment on b
:::

::: {.fragment fragment-index=0}
comment on all
:::

::: {.fragment fragment-index=2}
comment on c
:::

## Later

\`\`\` {.python .fragment fragment-index=1 data-line-numbers="1|2"}
d = 1
e = 2
\`\`\`

[before the code]{.fragment fragment-index=0}

. . .

after all

## Effects

[gone]{.fragment .fade-out} [now]{.fragment .current-visible} [end]{.fragment}

::: {.r-stack}
::: {.fragment .current-visible fragment-index=0}
AAA
:::
::: {.fragment .current-visible fragment-index=1}
BBB
:::
:::
`;
