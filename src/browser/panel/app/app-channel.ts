/** What the script in an app's page tells. */
export interface AppChannelListener {
  /** A key of the clicker, pressed in the app. */
  key(key: string): void;
  /** A person has pressed on the app: the focus is theirs to put there. */
  pointer(): void;
  /** A page is there, and its keys are heard. */
  open(): void;
}

/** More is not typed on a clicker. */
const MAX_PER_SECOND = 12;

/**
 * Hears the pages in one frame. Each hands over a port, once, with the key that only it and this side know; another one is
 * believed only when the page before it has gone. Anything else that an app posts is not for us.
 */
export class AppChannel {
  readonly #frame: HTMLIFrameElement;
  readonly #key: string;
  readonly #listener: AppChannelListener;
  #port: MessagePort | undefined;
  #heardAt = performance.now();
  #allowance = MAX_PER_SECOND;
  #allowedAt = 0;

  constructor(frame: HTMLIFrameElement, key: string, listener: AppChannelListener) {
    this.#frame = frame;
    this.#key = key;
    this.#listener = listener;
    window.addEventListener('message', this.#hear);
  }

  /** Whether a page is there that answers. */
  get isOpen(): boolean {
    return this.#port !== undefined;
  }

  /** When a page was last heard, by the window's clock. */
  get heardAt(): number {
    return this.#heardAt;
  }

  /** Asks the page whether it still listens. */
  ask(): void {
    this.#port?.postMessage('');
  }

  close(): void {
    window.removeEventListener('message', this.#hear);
    this.#port?.close();
    this.#port = undefined;
  }

  readonly #hear = ({ data, source, ports }: MessageEvent<unknown>): void => {
    const [port] = ports;
    if (source !== this.#frame.contentWindow || port === undefined || this.#port !== undefined) return;
    if (typeof data !== 'object' || data === null || !('type' in data) || !('key' in data)) return;
    if (data.type !== 'deckhand-app' || data.key !== this.#key) return;
    this.#port = port;
    this.#heardAt = performance.now();
    port.addEventListener('message', (event: MessageEvent<unknown>) => this.#hearPage(port, event.data));
    port.start();
    this.#listener.open();
  };

  #hearPage(port: MessagePort, said: unknown): void {
    if (port !== this.#port) return;
    this.#heardAt = performance.now();
    if (said === 'bye') {
      port.close();
      this.#port = undefined;
    } else if (said === 'pointer') this.#listener.pointer();
    else if (typeof said === 'string' && said !== 'here' && this.#isAllowed()) this.#listener.key(said);
  }

  #isAllowed(): boolean {
    const now = performance.now();
    const earned = ((now - this.#allowedAt) * MAX_PER_SECOND) / 1000;
    this.#allowedAt = now;
    this.#allowance = Math.min(MAX_PER_SECOND, this.#allowance + earned);
    if (this.#allowance < 1) return false;
    this.#allowance -= 1;
    return true;
  }
}
