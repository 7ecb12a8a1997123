import { AppChannel } from './app-channel.ts';
import { FocusGuard } from './focus-guard.ts';
import { APP_KEY } from '../../app-key.ts';
import { mirrorOf } from '../../page-data.ts';

/**
 * What a demo's app needs, and no more: its scripts, its forms, and an origin of its own for its cookies. Not: to lead the
 * whole window away, to open others over the talk, to hold it with an alert, to download.
 */
const SANDBOX = 'allow-scripts allow-forms allow-same-origin';
/** How long a page may take to say that it is there, after it has loaded. */
const HELLO_MS = 1500;
const NOTE_MS = 8000;
/** An app that leads away so often does it by itself. */
const MAX_RETURNS = 3;
const RETURNS_WITHIN_MS = 60_000;

/** The app, in a frame whose origin is none of the deck's, that tells the clicker's keys, and is brought back when it leaves. */
export class AppFrame extends HTMLElement {
  /** Whether somebody can use it here. */
  declare isActive: boolean;
  #channel: AppChannel | undefined;
  #guard: FocusGuard | undefined;
  #closing = new AbortController();
  #frame: HTMLIFrameElement | undefined;
  #note: HTMLElement | undefined;
  #returns: number[] = [];
  #address = '';
  #reloads = 0;
  #noteTimer: ReturnType<typeof setTimeout> | undefined;
  #helloTimer: ReturnType<typeof setTimeout> | undefined;

  connectedCallback(): void {
    this.#closing = new AbortController();
    const { signal } = this.#closing;
    document.addEventListener('securitypolicyviolation', (event) => this.#hearRefusal(event), { signal });
    document.addEventListener('pointermove', (event) => this.#hearMouse(event), { signal, capture: true });
    this.addEventListener('pointerdown', (event) => event.isTrusted && this.#press(), { signal });
    if (this.#address !== '') this.#open();
  }

  disconnectedCallback(): void {
    this.#closing.abort();
    this.#end();
  }

  #end(): void {
    clearTimeout(this.#helloTimer);
    clearTimeout(this.#noteTimer);
    this.#channel?.close();
    this.#guard?.close();
    this.#guard = undefined;
    this.replaceChildren();
  }

  get address(): string {
    return this.#address;
  }

  /** Where the app is, for frames. A new run of the same demo has another one. */
  set address(address: string) {
    this.#address = address;
    if (this.isConnected) this.#open();
  }

  /** How often its page was to be loaded anew: when that grows, it is. */
  set reloads(count: number) {
    const isMore = count > this.#reloads;
    this.#reloads = count;
    if (isMore && this.isConnected && this.#frame !== undefined) this.#open();
  }

  #open(): void {
    this.#end();
    const key = toHex(crypto.getRandomValues(new Uint8Array(16)));
    const frame = document.createElement('iframe');
    this.#frame = frame;
    frame.className = 'app-frame';
    frame.title = 'The app, running';
    frame.setAttribute('sandbox', SANDBOX);
    frame.referrerPolicy = 'no-referrer';
    frame.inert = true;
    frame.addEventListener('load', () => this.#hearLoad());
    const channel = new AppChannel(frame, key, {
      key: (pressed) => this.#hearKey(pressed),
      pointer: () => this.#guard?.saysPressed(),
      open: () => clearTimeout(this.#helloTimer),
    });
    this.#channel = channel;
    // What only shows the app takes no focus at all.
    if (this.isActive)
      this.#guard = new FocusGuard(frame, channel, () =>
        this.#stop('The app keeps taking the keyboard away from the talk.'),
      );
    frame.dataset['name'] = freeName();
    frame.src = toFrameAddress(this.address, frame.dataset['name'], key);
    this.#note = document.createElement('p');
    this.#note.className = 'app-note';
    this.#note.setAttribute('role', 'status');
    this.#note.hidden = true;
    this.replaceChildren(frame, this.#note);
  }

  /** While the mouse is in the app, its moves are told there. */
  #hearMouse({ isTrusted, pointerType, target }: PointerEvent): void {
    // A finger comes and goes with each press.
    if (!isTrusted || pointerType === 'touch') return;
    if (target instanceof Node && this.contains(target)) this.#guard?.pointerCame();
    else this.#guard?.pointerWent();
  }

  #press(): void {
    if (this.#frame !== undefined && this.#frame.inert) this.#guard?.pressed();
  }

  /** Only from an app that a person has given the focus: in another one, nobody has pressed a key. */
  #hearKey(key: string): void {
    if (document.activeElement !== this.#frame) return;
    if (key === 'Escape') return this.#guard?.takeBack();
    if (this.#guard?.isMeant !== true || !navigator.userActivation.isActive) return;
    this.dispatchEvent(new CustomEvent(APP_KEY, { bubbles: true, detail: key }));
  }

  /** What loads and says nothing is a file of the app's, or not the app's at all. */
  #hearLoad(): void {
    clearTimeout(this.#helloTimer);
    if (this.#channel?.isOpen === true) return;
    this.#helloTimer = setTimeout(() => void this.#findOut(), HELLO_MS);
  }

  async #findOut(): Promise<void> {
    const frame = this.#frame;
    if (frame === undefined || this.#channel?.isOpen === true) return;
    const isFile = await isPlainFile(toFrameOrigin(this.address, frame.dataset['name'] ?? ''));
    // Meanwhile, another page may have come.
    const isHeard = frame !== this.#frame || this.#channel?.isOpen;
    if (!isFile && isHeard !== true) this.#bringBack();
  }

  /** The page may frame apps, and what the deck names. */
  #hearRefusal({ effectiveDirective, blockedURI }: SecurityPolicyViolationEvent): void {
    if (effectiveDirective !== 'frame-src' || isNamedByDeck(blockedURI)) return;
    // Which of several apps it was is not told: those that are still there say so.
    clearTimeout(this.#helloTimer);
    this.#helloTimer = setTimeout(() => void this.#findOut(), 200);
  }

  #bringBack(): void {
    const now = performance.now();
    this.#returns = [...this.#returns.filter((at) => now - at < RETURNS_WITHIN_MS), now];
    if (this.#returns.length > MAX_RETURNS) {
      this.#stop('The app keeps opening pages outside itself.');
      return;
    }
    this.#open();
    this.#say('The app opened a page outside itself and was brought back.');
  }

  /** In the app's place, until somebody wants it back. */
  #stop(words: string): void {
    this.#end();
    const place = document.createElement('div');
    place.className = 'panel-empty app-stopped';
    const line = document.createElement('p');
    line.textContent = words;
    const button = document.createElement('button');
    button.textContent = 'Show it again';
    button.disabled = !this.isActive;
    button.addEventListener('click', () => {
      this.#returns = [];
      this.#open();
    });
    place.append(line, button);
    this.replaceChildren(place);
  }

  #say(words: string): void {
    const note = this.#note;
    if (note === undefined) return;
    note.textContent = words;
    note.hidden = false;
    this.#noteTimer = setTimeout(() => (note.hidden = true), NOTE_MS);
  }
}

customElements.define('app-frame', AppFrame);

function toHex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Each frame has an origin of its own: two windows of one app would else read each other. It stays over a reload. */
function freeName(): string {
  const base = windowName() + (mirrorOf() ?? 'deck');
  const taken = new Set(
    [...document.querySelectorAll<HTMLElement>('.app-frame')].map(({ dataset }) => dataset['name']),
  );
  let number = 0;
  while (taken.has(`${base}${number}`)) number += 1;
  return `${base}${number}`;
}

const WINDOW = 'deckhand-window';

function windowName(): string {
  const fresh = toHex(crypto.getRandomValues(new Uint8Array(6)));
  try {
    const known = sessionStorage.getItem(WINDOW);
    if (known === null) sessionStorage.setItem(WINDOW, fresh);
    return known ?? fresh;
  } catch {
    return fresh;
  }
}

function toFrameOrigin(address: string, name: string): string {
  const { protocol, host } = new URL(address);
  return `${protocol}//${host.replace('.localhost', `-${name}.localhost`)}`;
}

function toFrameAddress(address: string, name: string, key: string): string {
  const { pathname, search, hash } = new URL(address);
  const asked = new URLSearchParams({ key, deck: location.origin, to: pathname + search + hash });
  return `${toFrameOrigin(address, name)}/.deckhand/open?${asked.toString()}`;
}

/** Whether what was opened last in the frame is the app's and can't say so: a text, a picture, a PDF. */
function isPlainFile(origin: string): Promise<boolean> {
  const image = new Image();
  return new Promise((resolve) => {
    image.addEventListener('load', () => resolve(true));
    image.addEventListener('error', () => resolve(false));
    image.src = `${origin}/.deckhand/plain.svg?${performance.now()}`;
  });
}

function isNamedByDeck(address: string): boolean {
  return [...document.querySelectorAll<HTMLIFrameElement>('.slides iframe:not(.app-frame)')].some(({ src }) =>
    address.startsWith(src),
  );
}
