import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { PDFDict, PDFDocument, PDFHexString, PDFName, PDFString } from '@cantoo/pdf-lib';

const run = promisify(execFile);
const LARGE = { maxBuffer: 64_000_000 };

/** A PDF as another program reads it: poppler's tools. */
export interface ReadPdf {
  /** Text of each page, with single spaces. */
  pages: string[];
  /** `title`, `author`, … as pdfinfo names them, in lower case. */
  info: Record<string, string>;
  /** Titles with the page that they lead to, from 1, and how deep they stand. */
  outline: { title: string; page: number; depth: number }[];
  fonts: { name: string; type: string; isEmbedded: boolean }[];
  /** The structure tree, one tag a line. */
  tags: string;
  /** Addresses that the pages link to. */
  addresses: string[];
  /** Names that links inside lead to. */
  places: string[];
  /** What is read out for pictures. */
  alternatives: string[];
}

export async function readPdf(file: string): Promise<ReadPdf> {
  const tool = async (name: string, ...args: string[]) => (await run(name, args, LARGE)).stdout;
  const [text, info, html, fonts, tags, urls, dests] = await Promise.all([
    tool('pdftotext', file, '-'),
    tool('pdfinfo', file),
    tool('pdftohtml', '-xml', '-stdout', '-i', file),
    tool('pdffonts', file),
    tool('pdfinfo', '-struct-text', file),
    tool('pdfinfo', '-url', file),
    tool('pdfinfo', '-dests', file),
  ]);
  return {
    pages: text.split('\f').slice(0, -1).map(oneLine),
    info: toInfo(info),
    outline: toOutline(html),
    fonts: fonts.split('\n').slice(2).filter(Boolean).map(toFont),
    tags,
    addresses: urls.match(/https?:\S+/g) ?? [],
    alternatives: await readAlternatives(file),
    places: [...dests.matchAll(/"([^"]*)"/g)].map((match) => match[1] ?? ''),
  };
}

/** Of the structure tree; poppler's tools don't print them. */
async function readAlternatives(file: string): Promise<string[]> {
  const { context } = await PDFDocument.load(await readFile(file), { updateMetadata: false });
  return context.enumerateIndirectObjects().flatMap(([, object]) => {
    const text = object instanceof PDFDict ? object.get(PDFName.of('Alt')) : undefined;
    return text instanceof PDFString || text instanceof PDFHexString ? [text.decodeText()] : [];
  });
}

export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function toInfo(text: string): Record<string, string> {
  const pairs = text.split('\n').map((line): [string, string] => {
    const at = line.indexOf(':');
    return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()];
  });
  return Object.fromEntries(pairs);
}

function toOutline(html: string): ReadPdf['outline'] {
  let depth = -1;
  const items: ReadPdf['outline'] = [];
  for (const [tag, page = '', title = ''] of html.matchAll(
    /<\/?outline>|<item page="(\d+)">(.*?)<\/item>/g,
  )) {
    if (tag === '<outline>') depth += 1;
    else if (tag === '</outline>') depth -= 1;
    else items.push({ title: title.replaceAll('&amp;', '&'), page: Number(page), depth });
  }
  return items;
}

/** Columns of fixed width: name, type, encoding, then "emb sub uni". */
function toFont(line: string): ReadPdf['fonts'][number] {
  const [emb] = line.slice(-30).match(/\b(?:yes|no)\b/g) ?? [];
  return { name: line.slice(0, 36).trim(), type: line.slice(37, 54).trim(), isEmbedded: emb === 'yes' };
}
