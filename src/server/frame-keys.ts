import type { MiddlewareHandler } from 'hono';

/**
 * Runs in the pages of the deck that its slides frame: the clicker's keys, and Escape, are told to the deck around it, only those
 * that a hand pressed.
 */
export const FRAME_KEYS = `<script>(() => {
  if (parent === window) return;
  const always = ['PageUp', 'PageDown', 'F5', 'Escape', 'AudioVolumeUp', 'AudioVolumeDown'];
  const isText = (node) => node instanceof Element && (node.isContentEditable || node.matches('input, textarea, select'));
  addEventListener('keydown', (event) => {
    const isTold = always.includes(event.key) || (['b', '.'].includes(event.key) && !isText(event.target));
    if (!isTold || !event.isTrusted || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    parent.postMessage({ type: 'deckhand-frame-key', key: event.key }, '*');
  }, { capture: true });
})();</script>`;

/** Adds the script to pages that stand beside the deck. */
export const addFrameKeys: MiddlewareHandler = async (context, next) => {
  await next();
  const { status, headers } = context.res;
  if (status !== 200 || context.req.method !== 'GET' || headers.has('Content-Encoding')) return;
  if (headers.get('Content-Type')?.startsWith('text/html') !== true) return;
  // As bytes: whatever its letters are encoded in, these are the same.
  const page = new Uint8Array(await context.res.arrayBuffer());
  const fresh = new Headers(headers);
  fresh.delete('Content-Length');
  // Hono keeps the old headers otherwise, the length too.
  context.res = undefined;
  context.res = new Response(Buffer.concat([page, Buffer.from(FRAME_KEYS)]), { status, headers: fresh });
};
