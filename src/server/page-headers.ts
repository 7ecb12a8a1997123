/** Scripts and styles are ours; pictures, videos and frames may be the deck's, wherever its author took them from. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob: https: http:",
  "media-src 'self' data: blob: https:",
  "font-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
];

/** The speaker view and the remote frame the deck; a deck that other devices show has frames of its author's only. */
const FRAMES = { speaker: "'self'", elsewhere: "'self' https:" };

/** Headers of one of our pages; `frames` says what it may frame, as CSP sources. */
export function pageHeaders(frames: keyof typeof FRAMES | { sources: string }): Record<string, string> {
  const sources = typeof frames === 'string' ? FRAMES[frames] : frames.sources;
  return {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    'Content-Security-Policy': [...CONTENT_SECURITY_POLICY, `frame-src ${sources}`].join('; '),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  };
}
