import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DemoSummary } from '../demo/demo-summary.ts';
import { themeOf } from './assets.ts';
import { toDataUrl } from './data-url.ts';
import { FileMarks } from './file-marks.ts';
import { withFilesInside } from './inline-files.ts';
import { deckParts, toBootScript, toPage } from './page.ts';
import { textOf, toPageData, type Publication } from './publication.ts';
import { toPolicy } from './site-head.ts';
import { readStyles, replaceUrls } from './styles.ts';

export interface SingleFile {
  /** The page, piece by piece: all of it may be more than memory holds. */
  html: AsyncIterable<string>;
  /** How much of it are moving pictures. */
  animatedBytes: number;
  /** For people: what one file can't do. */
  notes: string[];
}

/** Everything of a deck in one HTML file that opens from a disk. `animations: false` leaves one frame of moving pictures. */
export async function toSingleFile(
  publication: Publication,
  { animations }: { animations: boolean },
): Promise<SingleFile> {
  const { bundle, remotes } = publication;
  const marks = new FileMarks();
  const { deck, repeated, animatedBytes, notes } = await withFilesInside(publication, marks, animations);
  const data = toPageData(publication, publication.demos.map(withRecordingInside), {
    deck: '',
    speaker: '?view=speaker',
  });
  const script = toInlineScript(bundle.whole);
  const head = [
    `<link rel="icon" href="${toDataUrl('favicon.svg', bundle.icon)}" type="image/svg+xml">`,
    ...(await toStyles(publication)),
  ];
  const { boot } = bundle;
  const policy = toPolicy({ inline: [boot, script], remotes, isWhole: true });
  const whole = {
    files: `<script type="application/json" id="page-files">${JSON.stringify(repeated)}</script>`,
    program: `<script>${script}</script>`,
  };
  const html = toPage({ ...deckParts(deck), data, head, policy, boot: toBootScript(boot, {}), whole });
  return { html: marks.fill(html), animatedBytes, notes };
}

/** Style sheets of the bundle with what they name inside. */
async function readWhole(publication: Publication, sheets: readonly string[]): Promise<string> {
  const { folder } = publication.bundle;
  const { css, files } = await readStyles(folder, sheets, textOf(publication));
  const urls = new Map<string, string>();
  for (const file of files) urls.set(file, toDataUrl(file, await readFile(join(folder, file))));
  return replaceUrls(css, (file) => urls.get(file) ?? file);
}

const FONT_FACE = /@font-face\s*\{[^}]*\}/g;

/** The deck's styles and the speaker view's; only one of them counts at a time. Both have the same fonts, which stand once. */
async function toStyles(publication: Publication): Promise<string[]> {
  const { deck, bundle } = publication;
  const later = bundle.deck.lazy.filter((file) => file.endsWith('.css'));
  const math = deck.hasMath ? [bundle.deck.mathStyle] : [];
  const slides = await readWhole(publication, [
    ...bundle.deck.styles,
    ...themeOf(deck.look, bundle.deck),
    ...math,
    ...later,
  ]);
  const speaker = await readWhole(publication, [...bundle.speaker.styles, ...math]);
  return [
    `<style>${slides.match(FONT_FACE)?.join('\n') ?? ''}</style>`,
    `<style data-page="deck">${slides.replace(FONT_FACE, '')}</style>`,
    `<style data-page="speaker" media="not all">${speaker.replace(FONT_FACE, '')}</style>`,
  ];
}

function withRecordingInside({ summary, cast, pictures }: Publication['demos'][number]): DemoSummary {
  const files: Record<string, string> = { 'run.cast': toDataUrl('run.cast', cast) };
  for (const [name, bytes] of pictures) files[name] = toDataUrl(name, bytes);
  return { ...summary, recording: { ...summary.recording, files } };
}

/** JavaScript that can't end the script element that it stands in, nor begin what HTML takes for another. */
function toInlineScript(code: string): string {
  return code.replace(/<(?=!--|\/?script)/gi, String.raw`\x3c`);
}
