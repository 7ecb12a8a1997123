/** Looks for who answers, and loads the page again then. Any answer will do: what it says is for the person to read. */
const SCRIPT = `
const ask = () => fetch(location.href, { method: 'HEAD', cache: 'no-store' }).then(
  () => location.reload(),
  () => setTimeout(ask, 400),
);
ask();`;

/** What a window shows while nobody answers. */
export function awayPage(): Response {
  const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Deckhand does not answer</title>
<style>
body { display: grid; place-content: center; min-height: 90vh; margin: 0 auto; max-width: 34em; padding: 0 1em; font: 18px/1.5 sans-serif; color: #f2f5fc; background: #0b1020; }
h1 { font-size: 1.4em; }
</style>
<h1>Deckhand does not answer</h1>
<p>Is it still running in its terminal? Once it is, this page comes back by itself, and the talk goes on where it was.</p>
<script>${SCRIPT}</script>
</html>
`;
  return new Response(html, {
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      'Content-Security-Policy':
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}
