import { UserError } from '../demo/user-error.ts';

/** A talk on a NATS server. */
export interface RelayAddress {
  servers: string[];
  /** Several talks may use one server: each has subjects of its own. */
  talk: string;
  user?: string;
  pass?: string;
  token?: string;
  /** What the presenter's messages are checked with; `deckhand present --relay` prints it. */
  publicKey?: string;
  /** Without password or token, for people. */
  shown: string;
}

/**
 * `nats://user:password@host:4222/talk#key`; the password, the port, the talk and the key may be left away. Throws a
 * `UserError`.
 */
export function parseRelayAddress(text: string): RelayAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['nats:', 'tls:'].includes(url.protocol) || url.hostname === '') {
    const hint = 'Give the address of a NATS server: --relay nats://192.168.1.5:4222';
    throw new UserError('bad-relay', `"${text}" is not the address of a relay.`, hint);
  }
  const talk = decode(url.pathname.slice(1)) || 'talk';
  // https://docs.nats.io/nats-concepts/subjects: a token has neither dots nor spaces nor wildcards.
  if (!/^[\w-]{1,80}$/.test(talk)) {
    const hint = 'Letters, digits, - and _: --relay nats://192.168.1.5:4222/my-talk';
    throw new UserError('bad-relay', `"${talk}" can't be the name of a talk on a relay.`, hint);
  }
  const host = `${url.protocol}//${url.host}`;
  const key = url.hash === '' ? {} : { publicKey: url.hash.slice(1) };
  return { servers: [host], talk, shown: `${host}/${talk}`, ...credentials(url), ...key };
}

function credentials({ username, password }: URL): Pick<RelayAddress, 'user' | 'pass' | 'token'> {
  if (username === '') return {};
  const user = decode(username);
  // As the nats command line reads it: a name alone is a token.
  return password === '' ? { token: user } : { user, pass: decode(password) };
}

/** A password may have a `%` in it that begins no escape. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
