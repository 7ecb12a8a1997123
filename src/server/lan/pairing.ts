import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import type { PairedDevice, RemoteState } from '../../stage/lan-state.ts';
import { ApiProblem } from '../problem.ts';
import { GuessLimit } from './guess-limit.ts';

/** No letters that look like others; eight of them are 39 bits, and live for minutes. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const CODE_LENGTH = 8;
const CODE_LIVES_MS = 5 * 60_000;
/** More phones than any talk has speakers. */
const MAX_DEVICES = 8;
const KEPT_OLD_CODES = 20;

/** A phone that may drive the talk. */
export interface Device extends Omit<PairedDevice, 'isConnected'> {
  /** One a connection: called when the device is taken back. */
  connections: Set<() => void>;
}

export interface PairingOptions {
  /** In ms. */
  now(): number;
  /** Something that the speaker sees has changed. */
  onChange(): void;
}

/** Which phones may drive this talk. A code pairs one of them, once; the speaker can take each back. */
export class Pairing {
  readonly #now: () => number;
  readonly #onChange: () => void;
  readonly #limit: GuessLimit;
  /** By the hash of their token: what is kept opens nothing. */
  readonly #devices = new Map<string, Device>();
  /** Codes that paired a phone, or ran out: somebody who comes with one is told so. */
  readonly #old = new Map<string, 'used' | 'expired'>();
  #code = '';
  #expiresAt = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor({ now, onChange }: PairingOptions) {
    this.#now = now;
    this.#onChange = onChange;
    this.#limit = new GuessLimit(now);
    this.#renew();
  }

  get state(): RemoteState {
    const devices = [...this.#devices.values()].map(({ connections, ...device }) => ({
      ...device,
      isConnected: connections.size > 0,
    }));
    const { guesses } = this.#limit;
    const state = { code: this.#code, expiresAt: this.#expiresAt, devices };
    return guesses === undefined ? state : { ...state, guesses };
  }

  /** Pairs the device that shows the code; returns its token. Throws an `ApiProblem` that says why not. */
  pair(given: string, { name, address }: { name: string; address: string }): string {
    const wait = this.#limit.wait(address);
    if (wait > 0) {
      this.#onChange();
      throw tooSoon(wait);
    }
    const code = toPlainCode(given);
    if (!isSame(code, this.#code)) {
      this.#limit.failed(address);
      this.#onChange();
      throw notThisCode(this.#old.get(code));
    }
    if (this.#devices.size >= MAX_DEVICES) throw tooMany();
    this.#limit.succeeded(address);
    this.#retire('used');
    const token = randomBytes(24).toString('base64url');
    const device = { id: randomBytes(6).toString('base64url'), name, address, pairedAt: this.#now() };
    this.#devices.set(toHash(token), { ...device, connections: new Set() });
    this.#renew();
    return token;
  }

  /** The device that has this token. */
  find(token: string | undefined): Device | undefined {
    return token === undefined ? undefined : this.#devices.get(toHash(token));
  }

  /** A device listens; `end` is called when it is taken back. Returns what to call when it has gone. */
  connect(device: Device, end: () => void): () => void {
    device.connections.add(end);
    this.#onChange();
    return () => {
      if (device.connections.delete(end)) this.#onChange();
    };
  }

  /** From now on the device can do nothing; its open connections are told at once. */
  takeBack(id: string): void {
    const found = [...this.#devices].find(([, device]) => device.id === id);
    if (found === undefined) {
      const detail = 'No such phone is paired.';
      throw new ApiProblem({
        status: 404,
        code: 'no-device',
        title: 'No such phone',
        detail,
        hint: 'It may be gone already.',
      });
    }
    const [hash, { connections }] = found;
    this.#devices.delete(hash);
    for (const end of connections) end();
    this.#onChange();
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #renew(): void {
    this.#code = Array.from({ length: CODE_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
    this.#expiresAt = this.#now() + CODE_LIVES_MS;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#retire('expired');
      this.#renew();
    }, CODE_LIVES_MS);
    this.#timer.unref();
    this.#onChange();
  }

  #retire(why: 'used' | 'expired'): void {
    this.#old.set(this.#code, why);
    const [oldest] = this.#old.keys();
    if (this.#old.size > KEPT_OLD_CODES && oldest !== undefined) this.#old.delete(oldest);
  }
}

/** However somebody typed it: spaces, dashes and small letters are fine. */
function toPlainCode(text: string): string {
  return text.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
}

function isSame(given: string, wanted: string): boolean {
  return timingSafeEqual(Buffer.from(toHash(given)), Buffer.from(toHash(wanted)));
}

function toHash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function tooSoon(wait: number): ApiProblem {
  const seconds = Math.ceil(wait / 1000);
  const detail = `Too many codes were tried. Wait ${seconds === 1 ? 'a second' : `${seconds} seconds`}.`;
  const headers = { 'Retry-After': String(seconds) };
  return new ApiProblem({
    status: 429,
    code: 'slow-down',
    title: 'Too many tries',
    detail,
    hint: 'Then scan the code on the speaker view.',
    headers,
  });
}

function notThisCode(why: 'used' | 'expired' | undefined): ApiProblem {
  const hint = 'Scan the code that the speaker view shows now.';
  if (why === 'used') {
    const detail = 'This code has paired a phone already: each works once.';
    return new ApiProblem({ status: 410, code: 'used-code', title: 'Code used', detail, hint });
  }
  if (why === 'expired')
    return new ApiProblem({
      status: 410,
      code: 'old-code',
      title: 'Code too old',
      detail: 'This code is too old.',
      hint,
    });
  return new ApiProblem({
    status: 403,
    code: 'wrong-code',
    title: 'Wrong code',
    detail: 'This is not the code.',
    hint,
  });
}

function tooMany(): ApiProblem {
  const hint = 'Take one back on the speaker view.';
  return new ApiProblem({
    status: 409,
    code: 'too-many-devices',
    title: 'Too many phones',
    detail: `${MAX_DEVICES} phones are paired.`,
    hint,
  });
}
