import type { Demo } from '../../demo/demo.ts';
import type { Service } from '../../demo/service.ts';

/** Shorter ones stand in everything, and can't be told from it. */
const SHORTEST = 4;

/** Of a variable's name, in snake case. */
const NAMES_A_SECRET =
  /secret|passw|passphrase|token(?!i[sz])|credential|private|(?:^|_|api|access|auth)key(?:$|_)|(?:^|_)(?:pass|pwd|pw|auth|pin|salt|cookie|dsn)(?:$|_)/u;
/** A secret's name followed by one of these names something about it: PASSWORD_FILE, TOKEN_URL, PUBLIC_KEY. */
const NAMES_NO_SECRET =
  /(?:^|_)public_|_(?:file|path|dir|name|url|uri|host|port|ttl|timeout|length|size|limit|count|type|algorithm|header|tokens)$|^max_|^min_/u;
const PLAIN_WORDS = new Set(
  'true false none null undefined yes no on off auto default disabled enabled'.split(' '),
);
/** How the keys of well-known services begin, and private keys in files. */
const KNOWN_KEYS =
  /^(?:gh[opsur]_|github_pat_|glpat-|npm_|pypi-|sk-|sk_live_|sk_test_|xox[abprs]-|AKIA|ASIA|AIza|eyJ[\w-]+\.eyJ)|-----BEGIN [A-Z ]*PRIVATE KEY-----/u;

/**
 * Values of a demo's `environment` and build arguments that must not be shown: those whose name says so (API_KEY, TOKEN,
 * SECRET, PASSWORD, …), those that look like a key whatever they are called, and the password in an address. A value that the
 * Compose file also uses in public (`postgres` as image, user and password) hides nothing, and would garble everything.
 */
export function findSecrets(demo: Demo): string[] {
  const variables = variablesOf(demo);
  const secrets = variables.flatMap(([name, value]) => secretsIn(name, value));
  const said = publicWords(demo, variables);
  const declared = (demo.secrets ?? []).filter((secret) => secret.length >= SHORTEST);
  return [...new Set([...secrets.filter((secret) => !said.has(secret)), ...declared])];
}

/** The names of the variables whose values `findSecrets` would keep out of a recording, for people to look at. */
export function namesOfSecrets(demo: Demo): string[] {
  const names = variablesOf(demo).flatMap(([name, value]) =>
    secretsIn(name, value).length === 0 ? [] : [name],
  );
  return [...new Set([...names, ...((demo.secrets ?? []).length > 0 ? ['its secrets:'] : [])])];
}

function variablesOf({ services }: Demo): [string, string][] {
  return services.flatMap(({ environment, build, command, entrypoint }) => [
    ...Object.entries(environment),
    ...Object.entries(build?.args ?? {}),
    ...optionsOf([...(entrypoint ?? []), ...(command ?? [])]),
  ]);
}

/** `--password=x`, `--password x` and `PASSWORD=x` on a command line, in a shell's line too. */
function optionsOf(words: readonly string[]): [string, string][] {
  const all = words.flatMap((word) => (word.startsWith('-') ? [word] : word.split(/[\s;&|]+/u)));
  return all.flatMap((word, i): [string, string][] => {
    const { name, value } = /^-{0,2}(?<name>[A-Za-z][\w-]*)=(?<value>.+)$/su.exec(word)?.groups ?? {};
    if (name !== undefined && value !== undefined)
      return [[name, value.replace(/^(["'])(?<inner>.*)\1$/su, '$<inner>')]];
    const next = all[i + 1];
    const flag = /^--(?<name>[A-Za-z][\w-]*)$/u.exec(word)?.groups?.['name'];
    return flag === undefined || next === undefined || next.startsWith('-') ? [] : [[flag, next]];
  });
}

function secretsIn(name: string, value: string): string[] {
  if (isNamedSecret(name) && isLongEnough(value)) return [value];
  if (looksLikeKey(value)) return [value];
  const password = /^[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:(?<password>[^\s@/]+)@/iu.exec(value)?.groups?.[
    'password'
  ];
  return password !== undefined && isLongEnough(password) ? [decode(password), password] : [];
}

function isNamedSecret(name: string): boolean {
  const snake = name
    .replace(/(?<=[a-z0-9])(?=[A-Z])/gu, '_')
    .replaceAll(/[-.]/gu, '_')
    .toLowerCase();
  return NAMES_A_SECRET.test(snake) && !NAMES_NO_SECRET.test(snake);
}

/** A number such as 1024 or 8000 is a setting: hiding it would hide times, ports and sizes. */
function isLongEnough(value: string): boolean {
  return value.length >= SHORTEST && !PLAIN_WORDS.has(value.toLowerCase()) && !/^\d{1,5}$/u.test(value);
}

/** 20 characters and more without a space, as mixed as only chance makes them. */
function looksLikeKey(value: string): boolean {
  if (KNOWN_KEYS.test(value)) return true;
  if (/^[0-9a-f]{32,}$/iu.test(value)) return entropy(value) > 3;
  const isMixed = /\d/u.test(value) && /[a-z]/u.test(value) && /[A-Z]/u.test(value);
  return isMixed && /^[\w+=-][\w+/=-]{19,}$/u.test(value) && entropy(value) > 3.5;
}

/** Bits a character. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  const shares = [...counts.values()].map((count) => count / text.length);
  return -shares.reduce((sum, share) => sum + share * Math.log2(share), 0);
}

function publicWords(demo: Demo, variables: readonly [string, string][]): Set<string> {
  const open = variables.flatMap(([name, value]) => (secretsIn(name, value).length === 0 ? [value] : []));
  return new Set([demo.name, ...demo.volumes, ...demo.services.flatMap(wordsOf), ...open]);
}

/** Of the command line only the program: what comes after it may be the very secret. */
function wordsOf({ name, image, user, command, entrypoint }: Service): string[] {
  const texts = [name, image ?? '', user ?? '', command?.[0] ?? '', entrypoint?.[0] ?? ''];
  return texts.flatMap((text) => [text, ...text.split(/[/:@]/u)]);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
