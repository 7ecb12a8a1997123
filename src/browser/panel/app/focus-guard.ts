import type { AppChannel } from './app-channel.ts';

/** A press on the app is told about when the focus is there already. */
const GRACE_MS = 250;
/** How long after a press (of a pointer, or of Tab) the focus that comes is the person's. */
const MEANT_MS = 1000;
/** Between two looks: a page is not told when the focus goes from frame to frame. */
const LOOK_MS = 200;
/** An app that takes the focus so often is out of reach until somebody presses on it. */
const MAX_THEFTS = 3;
/** So often from there: it is at it in a loop. */
const MAX_THEFTS_OUT_OF_REACH = 8;
/** A page that has not been heard for so long keeps every key to itself. */
const SILENT_MS = 3000;
/** Between two questions whether it still listens. */
const ASK_MS = 1000;

/**
 * The focus is in an app only when a person has put it there. An app that takes it, at its start or in a loop, would have every
 * key of the talk. So the app is inert until the deck itself has seen the mouse come to it (or Tab), whatever the app
 * says, and the deck takes back what is taken all the same.
 */
export class FocusGuard {
  readonly #frame: HTMLIFrameElement;
  readonly #channel: AppChannel;
  readonly #closing = new AbortController();
  readonly #timer: ReturnType<typeof setInterval>;
  /** A finger hovers over nothing: there, a press is all that comes before the focus. */
  readonly #canHover = matchMedia('(hover: hover)').matches;
  #isUnderPointer = false;
  #isOutOfReach = false;
  #meantAt = -Infinity;
  #isMeant = false;
  /** Since when the focus is there unasked. */
  #unaskedAt: number | undefined;
  /** Since when the page owes an answer. */
  #askedAt: number | undefined;
  #thefts = 0;
  #onLoop: () => void;

  /** `onLoop` is told when nothing helps: the app takes the focus again and again, out of reach as it is. */
  constructor(frame: HTMLIFrameElement, channel: AppChannel, onLoop: () => void) {
    this.#frame = frame;
    this.#channel = channel;
    this.#onLoop = onLoop;
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
    const { signal } = this.#closing;
    window.addEventListener('blur', () => setTimeout(() => this.#hearBlur()), { signal });
    const hearTab = (event: KeyboardEvent) => {
      if (!event.isTrusted || event.key !== 'Tab') return;
      this.#meantAt = performance.now();
      this.#putInReach();
    };
    window.addEventListener('keydown', hearTab, { signal, capture: true });
    this.#putInReach();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#closing.abort();
  }

  /** Whether a person has put the focus into the app. */
  get isMeant(): boolean {
    return this.#isMeant || performance.now() - this.#meantAt < MEANT_MS;
  }

  /** The deck has seen the mouse come to the app. */
  pointerCame(): void {
    this.#isUnderPointer = true;
    this.#putInReach();
  }

  /** The mouse is elsewhere in the deck, and takes the keys along. */
  pointerWent(): void {
    if (!this.#isUnderPointer) return;
    this.#isUnderPointer = false;
    this.#meantAt = -Infinity;
    this.takeBack();
    this.#putInReach();
  }

  /** The app says that a person has pressed on it: an app can get hold of what makes us believe it, but of no pointer. */
  saysPressed(): void {
    const isPossible = this.#isUnderPointer || !this.#canHover;
    if (isPossible && !this.#isOutOfReach && navigator.userActivation.isActive) this.pressed();
  }

  /** A person has pressed on the app, or on the place where it was put out of reach. */
  pressed(): void {
    this.#meantAt = performance.now();
    this.#isMeant = true;
    this.#thefts = 0;
    this.#isOutOfReach = false;
    this.#putInReach();
    // It may have been taken back before this was told.
    if (document.activeElement !== this.#frame) this.#frame.focus();
  }

  #putInReach(): void {
    const isNear = this.#isUnderPointer || !this.#canHover || this.isMeant;
    this.#frame.inert = this.#isOutOfReach || !isNear;
  }

  /** Gives the keys back to the deck. */
  takeBack(): void {
    if (document.activeElement !== this.#frame) return;
    this.#frame.blur();
    window.focus();
    this.#isMeant = false;
    this.#unaskedAt = undefined;
    this.#askedAt = undefined;
  }

  /** A window can take the focus though nothing in it can: then no element of ours has it. */
  #hearBlur(): void {
    if (this.#frame.inert && document.hasFocus() && document.activeElement === document.body) {
      this.#thefts += 1;
      window.focus();
      if (this.#thefts >= MAX_THEFTS_OUT_OF_REACH) this.#onLoop();
    } else this.#look();
  }

  #look(): void {
    if (document.activeElement !== this.#frame) {
      this.#isMeant = false;
      this.#unaskedAt = undefined;
      this.#askedAt = undefined;
      this.#putInReach();
      return;
    }
    const now = performance.now();
    this.#isMeant = this.isMeant;
    if (this.#isMeant && this.#isHeard(now)) return;
    this.#steal(now);
  }

  /** Whether the page tells its keys: one that is silent would have the clicker's for itself. */
  #isHeard(now: number): boolean {
    const { heardAt } = this.#channel;
    if (this.#askedAt !== undefined && heardAt > this.#askedAt) this.#askedAt = undefined;
    if (this.#askedAt === undefined && now - heardAt > ASK_MS) {
      this.#askedAt = now;
      this.#channel.ask();
    }
    return this.#askedAt === undefined || now - this.#askedAt < SILENT_MS;
  }

  /** Not meant: with some patience, since a press is told a moment later; with none for who has done it before. */
  #steal(now: number): void {
    this.#unaskedAt ??= now;
    if (this.#thefts === 0 && !this.#isMeant && now - this.#unaskedAt < GRACE_MS) return;
    this.#thefts += 1;
    this.takeBack();
    if (this.#thefts >= MAX_THEFTS) this.#isOutOfReach = true;
    this.#putInReach();
    // Some browsers leave an inert frame the focus that it takes.
    if (this.#thefts >= MAX_THEFTS_OUT_OF_REACH) this.#onLoop();
  }
}
