/** What a cast's panel takes from its div; panels that say the same share a session. */
export const CAST_SETTINGS = ['data-src', 'data-speed', 'data-idle', 'data-poster'];

/** The same for all panels that show the same: a demo, or a recording with its settings. */
export function sessionKey(div: Element): string {
  return JSON.stringify(['data-name', ...CAST_SETTINGS].map((name) => div.getAttribute(name)));
}
