/** Elements that frame something: the address is theirs. */
const FRAMED =
  /<iframe\b[^>]*?\s(?:data-)?src="(?<frame>[^"]*)"|\sdata-background-iframe="(?<background>[^"]*)"/giu;

/**
 * What a deck's page may frame, as CSP sources: the pages that the deck names, each by its path, and the frames of apps. Not
 * `'self'`: whatever an app leads its frame to, it must not be the deck or the speaker view.
 */
export function toFrameSources(html: string, host: string, previewPort: number | undefined): string {
  const sources = new Set<string>();
  if (previewPort !== undefined) sources.add(`http://*.localhost:${previewPort}`);
  for (const { groups } of html.matchAll(FRAMED)) {
    const source = toSource(groups?.['frame'] ?? groups?.['background'] ?? '', host);
    if (source !== undefined) sources.add(source);
  }
  return sources.size === 0 ? "'none'" : [...sources].join(' ');
}

function toSource(written: string, host: string): string | undefined {
  const address = written.replaceAll('&amp;', '&').trim();
  if (address === '' || !URL.canParse(address, `http://${host}/`)) return undefined;
  const { protocol, host: named, origin, pathname } = new URL(address, `http://${host}/`);
  // Where it leads on to is its own matter.
  if (protocol === 'https:') return protocol;
  if (protocol !== 'http:') return undefined;
  if (named !== host) return origin;
  // A path that ends with a slash would be all that begins with it.
  const isFile = /\.[a-z0-9]+$/iu.test(pathname);
  return isFile ? origin + pathname.replaceAll(';', '%3B').replaceAll(',', '%2C') : undefined;
}
