import { UserError } from '../demo/user-error.ts';
import { DECK_FOLDER, IMAGES_ENTRY, PACK_VERSION, PDF_ENTRY, parseManifest } from './manifest.ts';
import type { PackManifest } from './manifest.ts';
import { runsByItself } from '../runner/runs-by-itself.ts';

/** The list that a pack begins with, once it is known to be safe to follow. Throws a `UserError` when it is not. */
export function checkManifest(text: string, shown: string): PackManifest {
  checkVersion(text, shown);
  const manifest = parseManifest(text);
  if (manifest === undefined) throw notAPack(shown);
  const seen = new Set<string>();
  for (const { path, target } of manifest.entries) {
    const isKnownPlace = path === IMAGES_ENTRY || path === PDF_ENTRY || path.startsWith(DECK_FOLDER);
    const isLinkOut = target !== undefined && !isInside(path, target);
    if (!isSafe(path) || !isKnownPlace || isLinkOut || seen.has(path)) throw unsafe(shown, path);
    seen.add(path);
  }
  if (!seen.has(DECK_FOLDER + manifest.deck)) throw notAPack(shown);
  return manifest;
}

function checkVersion(text: string, shown: string): void {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    throw notAPack(shown);
  }
  if (typeof found !== 'object' || found === null || !('version' in found)) throw notAPack(shown);
  if (found.version === PACK_VERSION) return;
  const message = `${shown} is a pack of format ${String(found.version)}; this Deckhand reads format ${PACK_VERSION}.`;
  throw new UserError('pack-version', message, 'Unpack it with the Deckhand that made it, or a newer one.');
}

/** A relative path with `/` that stays below where it starts, on every system, and that no tool takes for its settings. */
function isSafe(path: string): boolean {
  const parts = path.split('/');
  const isPlain = parts.every((part) => part !== '' && part !== '.' && part !== '..');
  // Windows has a second separator; no system has NUL.
  return isPlain && !path.includes('\\') && !path.includes('\0') && !parts.some(runsByItself);
}

/** Whether a link's target, seen from the link, is in the deck: by its text; what it leads to is checked once it is there. */
function isInside(path: string, target: string): boolean {
  if (target.startsWith('/') || target.includes('\\') || target.includes('\0')) return false;
  let depth = path.split('/').length - 1;
  for (const part of target.split('/')) {
    if (part === '..') depth -= 1;
    else if (part !== '.' && part !== '') depth += 1;
    if (depth < 1) return false;
  }
  return true;
}

export function notAPack(shown: string): UserError {
  return new UserError('no-pack', `${shown} is not a Deckhand pack.`, 'Packs are made by `deckhand pack`.');
}

function unsafe(shown: string, path: string): UserError {
  const message = `${shown} wants to write "${path}", which is not inside the unpacked folder. Nothing was unpacked.`;
  return new UserError(
    'pack-unsafe',
    message,
    'Deckhand never makes such packs. Ask whoever gave it to you.',
  );
}
