import { dirname, relative, resolve, sep } from 'node:path';
import { replaceCssNames, type ReplaceName } from '../deck/text/file-attributes.ts';
import { findInside, isInside, openInside, readInside, type OpenedInside } from '../files/open-inside.ts';
import { replaceFiles } from './file-references.ts';

/** Where the files that a deck names are. */
export interface FilePlaces {
  /** The deck's own folder, then the one above; the first that has a file counts. Absolute. */
  folders: readonly string[];
  /** Nothing outside this folder is a file of the deck, however it is named. */
  root: string;
}

/** A file that a deck names, or that a style sheet or framed page of it does. */
export interface NamedFile {
  /** As it stands in the deck, style sheet or page. */
  reference: string;
  /** What a browser asks for, decoded: `/img/a #1.png`. */
  address: string;
  /** Where it may be, in order; absolute, and not yet looked for. */
  candidates: readonly string[];
  /** Whose: the address of the style sheet or page; undefined for the deck itself. */
  from: string | undefined;
}

/** Style sheets and pages are read for what they name, up to this many bytes each, and this many of them. */
const MAX_BYTES = 4_000_000;
const MAX_READ = 200;

/** The local files that some HTML of a deck names. Present, check, export and pack all ask here. */
export function namedFiles(html: string, places: FilePlaces): NamedFile[] {
  const found = new Map<string, NamedFile>();
  replaceFiles(html, (reference) => {
    const file = toNamedFile(reference, places);
    if (file !== undefined && !found.has(reference)) found.set(reference, file);
    return undefined;
  });
  return [...found.values()];
}

/** One of them; undefined for addresses elsewhere, places in the deck, colours, and what nobody may have. */
export function toNamedFile(reference: string, { folders }: FilePlaces): NamedFile | undefined {
  if (!isLocalReference(reference)) return undefined;
  const address = toAddress(reference, '/');
  if (address === undefined) return undefined;
  const [own = '/'] = folders;
  const candidates = folders.map((folder) => resolve(folder, `.${address}`));
  // A browser can't go up from the top; the author means the file there.
  return { reference, address, candidates: [...candidates, toLiteral(reference, own)], from: undefined };
}

/** What style sheets and framed pages among `files` name in turn, and so on; those files included. */
export async function withFilesOfFiles(
  files: readonly NamedFile[],
  places: FilePlaces,
): Promise<NamedFile[]> {
  const all = [...files];
  const seen = new Set(all.map(({ address }) => address));
  let read = 0;
  // The list grows while it is read.
  for (const file of all) {
    if (!bringsOthers(file.address) || (read += 1) > MAX_READ) continue;
    for (const named of await filesNamedBy(file, places)) {
      if (seen.has(named.address)) continue;
      seen.add(named.address);
      all.push(named);
    }
  }
  return all;
}

/** Whether a file by this name can name others. */
export function bringsOthers(name: string): boolean {
  return /\.(?:css|html?|xhtml|svg|m?js)$/i.test(name);
}

/** What one style sheet, page or script names itself; nothing for every other file. */
export async function filesNamedBy(file: NamedFile, places: FilePlaces): Promise<NamedFile[]> {
  const found = bringsOthers(file.address) ? await findNamedFile(file, places) : undefined;
  if (found === undefined) return [];
  const text = (await readInside(places.root, found.path, MAX_BYTES))?.toString('utf8') ?? '';
  const named: NamedFile[] = [];
  replaceNamesIn(file.address, text, (reference) => {
    const address = isLocalReference(reference) ? toAddress(reference, file.address) : undefined;
    if (address === undefined) return undefined;
    const candidates = [toLiteral(reference, dirname(found.candidate))];
    named.push({ reference, address, candidates, from: file.address });
    return undefined;
  });
  return named;
}

/** Where a named file was found. */
export interface FoundFile {
  /** Its real path. */
  path: string;
  /** The same by the name that the deck has for it, perhaps through links. */
  candidate: string;
}

/** Looks for the file; undefined when there is none that may be shown. */
export async function findNamedFile(
  { candidates }: NamedFile,
  places: FilePlaces,
): Promise<FoundFile | undefined> {
  for (const candidate of candidates) {
    const found = await findInside(places.root, candidate);
    if (found?.stats.isFile() !== true) continue;
    if (await isShown(found.path, candidate, places)) return { path: found.path, candidate };
  }
  return undefined;
}

/** The file, open; undefined when there is none that may be shown. */
export async function openNamedFile(file: NamedFile, places: FilePlaces): Promise<OpenedInside | undefined> {
  const found = await findNamedFile(file, places);
  return found === undefined ? undefined : openInside(places.root, found.path);
}

/** Neither an address with a scheme, nor a place in this deck, nor a colour or gradient of a background. */
export function isLocalReference(reference: string): boolean {
  return !/^(?:[a-z][a-z0-9+.-]*:|\/\/|\\|#|\?|$)/i.test(reference) && !/^[\w-]+\(/.test(reference);
}

/** What starts with a dot stays private, under its own name and behind links. */
async function isShown(path: string, candidate: string, { root }: FilePlaces): Promise<boolean> {
  const real = await findInside(root, '.');
  if (real === undefined || !isInside(real.path, path)) return false;
  return [relative(real.path, path), relative(root, candidate)].every(
    (inside) => !inside.split(sep).some((part) => /^\.(?!\.$)/.test(part)),
  );
}

function toAddress(reference: string, from: string): string | undefined {
  const base = new URL('http://deck/');
  base.pathname = from.split('/').map(encodeURIComponent).join('/');
  return URL.canParse(reference, base) ? decodeAddress(new URL(reference, base).pathname) : undefined;
}

/** The path of an address as file names have it; as it is when its escapes are none. */
export function decodeAddress(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}

function toLiteral(reference: string, folder: string): string {
  const path = decodeAddress(reference.replace(/[?#].*$/s, '').replaceAll('\\', '/'));
  // From the top is from the deck's folder: there is nothing above it.
  return resolve(folder, `./${path}`);
}

function replaceNamesIn(address: string, text: string, replace: ReplaceName): void {
  if (/\.css$/i.test(address)) replaceCssNames(text, replace);
  else if (/\.m?js$/i.test(address)) replaceImports(text, replace);
  else replacePageNames(text, replace);
}

/** A page names scripts as well, and styles and modules between its tags. */
function replacePageNames(html: string, replace: ReplaceName): void {
  replaceFiles(html, replace);
  for (const [, name = ''] of html.matchAll(/<script\b[^>]*?\ssrc\s*=\s*["']?([^"'\s>]+)/gi)) replace(name);
  for (const [, code = ''] of html.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script/gi))
    replaceImports(code, replace);
}

/** Modules that a script names by their relative path. */
function replaceImports(code: string, replace: ReplaceName): void {
  for (const [, name = ''] of code.matchAll(/\b(?:from|import)\s*\(?\s*["'](\.{1,2}\/[^"'\n]+)["']/g))
    replace(name);
}
