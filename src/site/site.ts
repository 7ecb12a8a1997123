import { join } from 'node:path';
import type { Deck } from '../deck/deck.ts';
import type { DemoSummary } from '../demo/demo-summary.ts';
import type { PublishedPages, SiteBuild } from '../stage/page-data.ts';
import { themeOf, type BundleFiles } from './assets.ts';
import { CAST_PUBLISHED, replaceFiles } from './file-references.ts';
import { deckParts, speakerParts, toBootScript, toPage, type PageContent, type PageParts } from './page.ts';
import { hashOf, partOf, textOf, toPageData, type DeckFile, type Publication } from './publication.ts';
import { placeFiles, safeName, withHash } from './place-files.ts';
import { toLinkPreview, toPolicy } from './site-head.ts';
import { readStyles } from './styles.ts';

/** One file of a published deck. */
export type SiteFile =
  | { name: string; content: string | Uint8Array }
  | { name: string; copyOf: string }
  | { name: string; file: DeckFile };

const PAGES: PublishedPages = { deck: 'index.html', speaker: 'speaker.html', worker: 'sw.js' };

/** A published deck as files: two pages, what they need, and a worker that keeps all of it for later. */
export async function toSite(publication: Publication): Promise<SiteFile[]> {
  const { bundle } = publication;
  const files = new SiteFiles(bundle.folder);
  const deck = await withFiles(publication, files);
  const demos = publication.demos.map((demo) => publishDemo(demo, files));
  const data = toPageData(publication, demos, PAGES);
  const whole = files.add('assets/whole.js', bundle.whole);
  const page = async (parts: PageContent, bundled: BundleFiles, head: string[]) =>
    toSitePage({ ...parts, data, head }, { publication, bundled, whole, files });
  files.write('favicon.svg', bundle.icon);
  files.write('manifest.webmanifest', toManifest(deck));
  if (publication.preview !== undefined) files.write('preview.png', publication.preview);
  const links = toLinkPreview(deck, publication.address, publication.preview !== undefined);
  files.write(PAGES.deck, await page(deckParts(deck), bundle.deck, links));
  const hidden = ['<meta name="robots" content="noindex">'];
  files.write(PAGES.speaker, await page(speakerParts(deck), bundle.speaker, hidden));
  // Pages from a disk have no worker, and only they need the whole script.
  const build = files.toBuild((name) => name !== whole);
  return [
    ...files.all,
    { name: 'sw.js', content: `const deckhandBuild = ${JSON.stringify(build)};\n${bundle.worker}` },
  ];
}

/** The files of a site, each once, named after their content where that can be. */
class SiteFiles {
  readonly #files = new Map<string, SiteFile & { isHashed: boolean; version?: string }>();
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  get all(): SiteFile[] {
    return [...this.#files.values()].map(({ isHashed: _isHashed, version: _version, ...file }) => file);
  }

  /** Under its own name. */
  write(name: string, content: string | Uint8Array): void {
    this.#files.set(name, { name, content, isHashed: false });
  }

  /** With its content's hash in its name, which is returned. */
  add(name: string, content: string | Uint8Array): string {
    const hashed = withHash(name, hashOf(content));
    this.#files.set(hashed, { name: hashed, content, isHashed: true });
    return hashed;
  }

  /** A file of the deck, under a name that has its content's hash or not. */
  place(name: string, file: DeckFile, isHashed: boolean, version: string): void {
    this.#files.set(name, { name, file, isHashed, version });
  }

  /** The bundler's own file, whose name has its hash. */
  copy(name: string): void {
    this.#files.set(name, { name, copyOf: join(this.#folder, name), isHashed: true });
  }

  toBuild(isKept: (name: string) => boolean): SiteBuild {
    const files = [...this.#files.values()].filter(({ name }) => isKept(name));
    const list = files.map(({ name, isHashed }) => ({ name, isHashed }));
    const pages = files.map((file) =>
      'content' in file && !file.isHashed ? hashOf(file.content) : (file.version ?? file.name),
    );
    return { version: hashOf(pages.join()), files: list };
  }
}

/** A page before it is known what makes it run. */
type SiteParts = PageContent & Pick<PageParts, 'data' | 'head'>;

interface SitePageParts {
  publication: Publication;
  bundled: BundleFiles;
  whole: string;
  files: SiteFiles;
}

/** Styles stand in the page itself: nothing has to be fetched before the first slide is painted. */
async function toSitePage(
  parts: SiteParts,
  { publication, bundled, whole, files }: SitePageParts,
): Promise<string> {
  const { bundle, deck, remotes } = publication;
  const math = deck.hasMath ? [bundled.mathStyle] : [];
  const sheets = [...bundled.styles, ...themeOf(parts.look, bundled), ...math];
  const styles = await readStyles(bundle.folder, sheets, textOf(publication));
  const { script, preload, lazy } = bundled;
  for (const file of [...styles.files, script, ...preload, ...lazy]) files.copy(file);
  const lazyStyles = lazy.filter((file) => file.endsWith('.css'));
  const boot = toBootScript(bundle.boot, { module: script, published: { whole, lazyStyles, preload } });
  const head = [
    ...parts.head,
    '<link rel="icon" href="favicon.svg" type="image/svg+xml">',
    '<link rel="manifest" href="manifest.webmanifest">',
    `<style>${styles.css}</style>`,
  ];
  return toPage({
    ...parts,
    boot,
    head,
    policy: toPolicy({ inline: [bundle.boot], remotes, isWhole: false }),
  });
}

/** The deck with its files where the site has them. */
async function withFiles({ deck, files, casts }: Publication, site: SiteFiles): Promise<Deck> {
  const placed = await placeFiles([...files.values()]);
  for (const { name, file, isHashed, version } of placed.values()) site.place(name, file, isHashed, version);
  const place = (reference: string, attribute: string) => {
    const file = files.get(reference);
    if (file === undefined) return undefined;
    const cast = casts.get(file.path);
    if (attribute === CAST_PUBLISHED)
      return cast === undefined ? undefined : addRecording(`${safeName(file.path)}.js`, cast, site);
    const address = placed.get(file.path)?.address;
    return address === undefined ? undefined : address + partOf(reference);
  };
  const stacks = deck.stacks.map((stack) => replaceFiles(stack, place));
  const look = { ...deck.look, styles: replaceFiles(deck.look.styles, place) };
  return { ...deck, look, stacks };
}

/** A recording as a script that holds its text: see browser/panel/session/load-recording.ts. */
function addRecording(name: string, cast: string, site: SiteFiles): string {
  const text = JSON.stringify(cast);
  const script = `document.currentScript.dispatchEvent(new CustomEvent('deckhand-text', { detail: ${text} }));\n`;
  return site.add(`recordings/${name}`, script);
}

function publishDemo(
  { summary, cast, pictures }: Publication['demos'][number],
  site: SiteFiles,
): DemoSummary {
  const files: Record<string, string> = { 'run.cast': addRecording(`${summary.name}/run.js`, cast, site) };
  for (const [name, bytes] of pictures)
    files[name] = site.add(`recordings/${summary.name}/${safeName(name)}`, bytes);
  return { ...summary, recording: { ...summary.recording, files } };
}

function toManifest(deck: Deck): string {
  const name = deck.title || 'Slides';
  const icons = [{ src: 'favicon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' }];
  const colours = { background_color: '#0b1020', theme_color: '#0b1020' };
  return JSON.stringify({
    name,
    short_name: name,
    start_url: 'index.html',
    scope: './',
    display: 'standalone',
    ...colours,
    icons,
  });
}
