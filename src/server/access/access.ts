import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** How long the browser that we open has to come. */
const ONCE_LIVES_MS = 60_000;
/** A link's secret: 32 characters that need no escapes. */
export const SECRET_BYTES = 24;

/** What a secret in a link turned out to be. */
export type Admission = 'welcome' | 'used' | 'unknown';

/**
 * Who may reach the pages on this machine: every account of it can connect, so a browser is let in by a link with a secret, and from
 * then on by its cookie. The cookie outlives this process, as long as `key` does; links don't.
 */
export class Access {
  /** The secret of the link that the terminal shows. */
  readonly secret = randomBytes(SECRET_BYTES).toString('base64url');
  readonly #key: string;
  readonly #now: () => number;
  #once: { secret: string; until: number; isUsed: boolean } | undefined;

  /** `now` is a clock in ms. */
  constructor(key: string, now: () => number = () => performance.now()) {
    this.#key = key;
    this.#now = now;
  }

  /** A secret that works once, and soon: other accounts can read the command line of a browser that is opened with it. */
  makeOnce(): string {
    const secret = randomBytes(SECRET_BYTES).toString('base64url');
    this.#once = { secret, until: this.#now() + ONCE_LIVES_MS, isUsed: false };
    return secret;
  }

  /** Looks at a link's secret; `mayUseOnce` says whether the one that works once may be used up by who came with it. */
  admit(given: string, mayUseOnce: boolean): Admission {
    if (isSame(given, this.secret)) return 'welcome';
    const once = this.#once;
    if (once === undefined || !isSame(given, once.secret)) return 'unknown';
    if (once.isUsed) return 'used';
    if (!mayUseOnce || this.#now() > once.until) return 'unknown';
    once.isUsed = true;
    return 'welcome';
  }

  /** Browsers send a cookie to every port of a host: its name says whose it is, and each port's is worth nothing elsewhere. */
  cookieFor(host: string): { name: string; value: string } {
    const port = /:(\d+)$/.exec(host)?.[1] ?? '80';
    const value = createHmac('sha256', this.#key).update(`cookie of port ${port}`).digest('base64url');
    return { name: `deckhand-${port}`, value };
  }

  /** Whether the request is from a browser that was let in, or names the secret itself, as programs do. */
  isLetIn(host: string, cookies: string, authorization: string): boolean {
    const { name, value } = this.cookieFor(host);
    // Another port may set cookies of our name for a part of our addresses: any that is right will do.
    const given = cookies.split(';').map((cookie) => cookie.trim());
    if (given.some((cookie) => isSame(cookie, `${name}=${value}`))) return true;
    return isSame(authorization, `Bearer ${this.secret}`);
  }
}

/** Compares without telling by the time it takes how much of it is right. */
function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
