/** About frames, and about encryption that this machine's own addresses need not have. */
const NOT_FOR_FRAMES = ['frame-ancestors', 'upgrade-insecure-requests', 'block-all-mixed-content'];

interface Directive {
  name: string;
  sources: string[];
}

/**
 * An app's Content-Security-Policy, as it is in a frame of the deck: without what forbids the frame, and with the one script
 * that is added, by its nonce. Everything else holds. Undefined when nothing is left.
 * Source: Content Security Policy Level 3, sections 4.1 and 6.7.3.
 */
export function toFramedPolicy(header: string, nonce: string): string | undefined {
  const policies = header.split(',').map((policy) => toText(allowScript(parsePolicy(policy), nonce)));
  const left = policies.filter((policy) => policy !== '');
  return left.length === 0 ? undefined : left.join(', ');
}

function parsePolicy(policy: string): Directive[] {
  const directives: Directive[] = [];
  for (const part of policy.split(';')) {
    const [name, ...sources] = part.trim().split(/\s+/u);
    if (name === undefined || name === '') continue;
    // Browsers overlook it, and another one rules in its place. CSP 3, section 2.2.1.
    if (!/^[\t -~]*$/u.test(part)) continue;
    const lower = name.toLowerCase();
    // The first of two counts.
    if (NOT_FOR_FRAMES.includes(lower) || directives.some((known) => known.name === lower)) continue;
    directives.push({ name: lower, sources });
  }
  return directives;
}

function toText(directives: readonly Directive[]): string {
  return directives.map(({ name, sources }) => [name, ...sources].join(' ')).join('; ');
}

function allowScript(directives: Directive[], nonce: string): Directive[] {
  const ruling = ['script-src-elem', 'script-src', 'default-src']
    .map((name) => directives.find((one) => one.name === name))
    .find((one) => one !== undefined);
  if (ruling === undefined || allowsInline(ruling.sources)) return directives;
  const others = ruling.sources.filter((source) => source.toLowerCase() !== "'none'");
  const sources = [...others, `'nonce-${nonce}'`];
  // What `default-src` says of everything else stays as it is.
  if (ruling.name === 'default-src') return [...directives, { name: 'script-src-elem', sources }];
  return directives.map((one) => (one === ruling ? { ...one, sources } : one));
}

/** A nonce, a hash or `strict-dynamic` takes `unsafe-inline` away; to add a nonce would take it away from the app. */
function allowsInline(sources: readonly string[]): boolean {
  const lower = sources.map((source) => source.toLowerCase());
  const isStrict = lower.some((source) => /^'(?:nonce-|sha\d{3}-|strict-dynamic')/u.test(source));
  return lower.includes("'unsafe-inline'") && !isStrict;
}
