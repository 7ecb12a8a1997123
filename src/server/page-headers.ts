import { createHash } from 'node:crypto';

/** Scripts and styles are ours; pictures, videos and frames may be the deck's, wherever its author took them from. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob: https: http:",
  "media-src 'self' data: blob: https:",
  "font-src 'self' data:",
  "worker-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
];

/** The speaker view and the remote frame the deck; a deck that other devices show has frames of its author's only. */
const FRAMES = { speaker: "'self'", elsewhere: "'self' https:" };

/** The one script that stands in a page: before all that comes from a deck. */
const BOOT = /<script data-boot="[^"]*">([^]*?)<\/script>/;

/** Headers of one of our pages, `html`; `frames` says what it may frame, as CSP sources. */
export function pageHeaders(
  frames: keyof typeof FRAMES | { sources: string },
  html: string,
): Record<string, string> {
  const sources = typeof frames === 'string' ? FRAMES[frames] : frames.sources;
  const [, boot] = BOOT.exec(html) ?? [];
  const own = boot === undefined ? '' : ` 'sha256-${createHash('sha256').update(boot).digest('base64')}'`;
  const policy = [...CONTENT_SECURITY_POLICY, `script-src 'self'${own}`, `frame-src ${sources}`].join('; ');
  return {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    'Content-Security-Policy': policy,
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  };
}
