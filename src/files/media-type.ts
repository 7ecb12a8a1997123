import { extname } from 'node:path';
import { lookup } from 'mrmime';

/** What browsers play and show, and the library's list doesn't have. */
const OTHERS: Record<string, string> = {
  '.cast': 'text/plain',
  '.flac': 'audio/flac',
  '.ico': 'image/x-icon',
  '.m4v': 'video/mp4',
};

/** The media type that a file's name says, without its parameters. */
export function mediaType(name: string): string {
  const extension = extname(name).toLowerCase();
  return OTHERS[extension] ?? lookup(extension) ?? 'application/octet-stream';
}
