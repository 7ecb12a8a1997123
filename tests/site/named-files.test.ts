import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compileDeck } from '../../src/deck/compile.ts';
import {
  findNamedFile,
  namedFiles,
  openNamedFile,
  withFilesOfFiles,
  type FilePlaces,
} from '../../src/site/named-files.ts';
import { toFilePlaces } from '../../src/talk/deck/deck-places.ts';
import { missingFiles } from '../../src/talk/deck/missing-files.ts';

const DECK = `
## Names

![](<img/with space.png>) ![](img/hash%231.png) ![](img/100%25.png) ![](img/q%3Fx.png) ![](img/日本.png)
![](<img/(paren).png>) ![](../../common/parent.png) ![](img/a.png?v=2) ![](img/a.svg#x) ![](./img/a.png)

<link rel="stylesheet" href="style.css">
<div style="background-image: url('img/style.png')"></div>
<picture><source srcset="img/1x.png 1x, img/Ü.png 2x"><img src="img/a.png" srcset="img/2x.png 2x"></picture>
<video poster="img/poster.png"><source src="clip.webm"><track src="words.vtt"></video>
<iframe src="site/page.html"></iframe>
<svg><image href="img/inner.png" /></svg>
[zip](files.zip) [code](code/a.py) [folder](code/) [slide](#names) [far](https://example.org/x.png)

## Back {data-background-image="img/b1.png, img/b2.png"}

## Refused

![](img/out.png) ![](.env.png) ![](img/private.png) ![](img/pipe.png) ![](../../../../etc/passwd) ![](none.png)
`;

let top: string;
let places: FilePlaces;
let deckFile: string;
const named = async () => withFilesOfFiles(namedFiles(compileDeck(DECK).stacks.join('\n'), places), places);

beforeAll(async () => {
  top = await realpath(await mkdtemp(join(tmpdir(), 'deckhand-named-')));
  const folder = join(top, 'project/talks/week 1');
  const write = async (name: string, content = name) => {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  };
  const plain =
    'img/with space.png img/hash#1.png img/100%.png img/q?x.png img/日本.png img/(paren).png ../../common/parent.png img/a.png img/a.svg img/style.png img/1x.png img/Ü.png img/2x.png img/poster.png clip.webm words.vtt img/inner.png files.zip code/a.py img/b1.png img/b2.png .env.png img/css.png site/in.png site/font.woff2 site/lib/other.js ../../../outside.png'.split(
      / (?!space)/,
    );
  for (const name of plain) await write(name);
  await write(
    'style.css',
    '@import "more.css"; .a { background: url(img/css.png) } .b { src: url(img/gone.woff2) }',
  );
  await write('more.css', '@import "style.css"; b { color: red }');
  const page =
    '<link rel=stylesheet href=page.css><img src="../img/a.png"><img src=in.png><script src=page.js></script>' +
    '<style>@font-face { src: url("font.woff2") }</style>';
  await write('site/page.html', page);
  await write('site/page.css', 'body { color: gold }');
  await write('site/page.js', "import './lib/other.js';");
  await symlink('../../../../outside.png', join(folder, 'img/out.png'));
  await symlink('../.env.png', join(folder, 'img/private.png'));
  execFileSync('mkfifo', [join(folder, 'img/pipe.png')]);
  deckFile = join(folder, 'deck.md');
  await writeFile(deckFile, DECK);
  places = toFilePlaces(deckFile, join(top, 'project'));
});
afterAll(() => rm(top, { recursive: true }));

describe('the files that a deck names', () => {
  test('are all found, whatever they are called, and so is what its style sheets and pages name', async () => {
    const found: string[] = [];
    for (const file of await named()) {
      const opened = await openNamedFile(file, places);
      if (opened !== undefined) found.push(file.address);
      await opened?.handle.close();
    }
    expect([...new Set(found)].toSorted()).toEqual(
      (
        '/clip.webm /code/a.py /files.zip /img/(paren).png /img/100%.png /img/1x.png /img/2x.png /img/a.png /img/a.svg /img/b1.png ' +
        '/img/b2.png /img/css.png /img/hash#1.png /img/inner.png /img/poster.png /img/q?x.png /img/style.png /img/with_space.png ' +
        '/img/Ü.png /img/日本.png /more.css /common/parent.png /site/font.woff2 /site/in.png /site/lib/other.js /site/page.css ' +
        '/site/page.html /site/page.js /style.css /words.vtt'
      )
        .split(' ')
        .map((name) => name.replace('_', ' '))
        .toSorted(),
    );
  });

  test('are not found behind a link that leads out, under a name with a dot, in a FIFO, or outside the project', async () => {
    for (const file of await named()) {
      if (!/out|env|private|pipe|etc|none|code\/$|gone/.test(file.reference)) continue;
      expect(await findNamedFile(file, places), file.reference).toBeUndefined();
    }
  });

  test('check says of each that is not found why, and where the deck names it', async () => {
    const diagnostics = await missingFiles(deckFile, compileDeck(DECK), join(top, 'project'));
    const said = diagnostics.map(({ code, message, line }) => `${line} ${code} ${message}`.replace(top, ''));
    expect(said).toEqual([
      expect.stringMatching(/^13 not-handed-out "code\/" is a folder/),
      expect.stringMatching(/^19 not-handed-out "img\/out.png" is private, or leads out of \/project:/),
      expect.stringMatching(/^19 not-handed-out ".env.png" is private/),
      expect.stringMatching(/^19 not-handed-out "img\/private.png" is private/),
      expect.stringMatching(/^19 not-handed-out "img\/pipe.png" is not an ordinary file/),
      expect.stringMatching(/^19 missing-picture .*passwd/),
      expect.stringMatching(/^19 missing-picture .*none.png/),
      expect.stringMatching(/^7 missing-in-file "style.css" names "img\/gone.woff2"/),
    ]);
  });
});

describe('the folders of a deck', () => {
  test('are its own and the one above, but never a home, what is above homes, or the temporary folder', () => {
    expect(toFilePlaces(join(homedir(), 'talk/talk.md'), '/').folders).toEqual([join(homedir(), 'talk')]);
    expect(toFilePlaces(join(homedir(), 'talk.md'), '/').folders).toEqual([homedir()]);
    expect(toFilePlaces('/home/bob/talk/talk.md', '/').folders).toEqual(['/home/bob/talk']);
    expect(toFilePlaces(join(tmpdir(), 'talk/talk.md'), '/').folders).toEqual([join(tmpdir(), 'talk')]);
    expect(toFilePlaces('/talk.md', '/')).toEqual({ folders: ['/'], root: '/' });
    expect(toFilePlaces('/workspace/slides/talk.md', '/').folders).toEqual([
      '/workspace/slides',
      '/workspace',
    ]);
  });

  test('reach up to the Git repository, or the folder that Deckhand was started in', async () => {
    const deck = join(top, 'project/talks/week 1/deck.md');
    expect(toFilePlaces(deck, '/elsewhere').root).toBe(join(top, 'project/talks'));
    expect(toFilePlaces(deck, join(top, 'project')).root).toBe(join(top, 'project'));
    expect(toFilePlaces(deck, homedir()).root).toBe(join(top, 'project/talks'));
    await mkdir(join(top, '.git'));
    expect(toFilePlaces(deck, '/elsewhere').root).toBe(top);
  });
});
