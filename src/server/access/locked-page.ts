/** Why somebody is not let in. */
export type LockedReason = 'no-key' | 'old-link' | 'used-link';

const WORDS: Record<LockedReason, string> = {
  'no-key': 'This browser has not opened the talk with its link yet, or not since yesterday.',
  'old-link': 'This link is of an earlier start of Deckhand, or came too late.',
  'used-link':
    'This link works once, and it was used already. If you did not see the talk open, somebody else on this computer did: ' +
    'end Deckhand with Ctrl+C, and start it again.',
};

/** What a browser gets that may not see the talk. It says nothing of the deck. */
export function lockedPage(reason: LockedReason): Response {
  const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Open the link from the terminal</title>
<style>
body { display: grid; place-content: center; min-height: 90vh; margin: 0 auto; max-width: 34em; padding: 0 1em; font: 18px/1.5 sans-serif; color: #f2f5fc; background: #0b1020; }
h1 { font-size: 1.4em; } a { color: #8ab4ff; }
</style>
<h1>Open the link that Deckhand printed in its terminal</h1>
<p>${WORDS[reason]}</p>
<p>The link lets your browser in, and keeps out the other accounts of this computer.</p>
<p>You came here from another page, and have used the link before? <a href="/">Open the talk</a></p>
</html>
`;
  return new Response(html, {
    status: 401,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      'Content-Security-Policy':
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}
