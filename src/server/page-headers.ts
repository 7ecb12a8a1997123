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

/** What a page may frame beside itself: a demo's app is on this machine, and on no other. */
const FRAMES = { here: "frame-src 'self' http://127.0.0.1:* https:", elsewhere: "frame-src 'self' https:" };

/** Headers of one of our pages; `reader` says whether it is opened on this machine or on another device. */
export function pageHeaders(reader: keyof typeof FRAMES): Record<string, string> {
  return {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    'Content-Security-Policy': [...CONTENT_SECURITY_POLICY, FRAMES[reader]].join('; '),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  };
}
