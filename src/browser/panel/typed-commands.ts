import type { RevealApi } from 'reveal.js';
import { fragmentSteps } from '../deck/fragment-steps.ts';
import type { ShellView } from '../../demo/run/shell-view.ts';
import type { PanelSession } from './session/panel-session.ts';

/** A second press means it: Next does not wait any longer. Sooner it is the same press by a nervous thumb, in ms. */
const MEANT_MS = 1500;

type SessionOf = (div: HTMLElement) => PanelSession | undefined;

/**
 * Behind the step `run` Next waits until the command has ended, and then goes on by itself; `run!` waits for nothing. Pressed
 * once more it goes on at once.
 */
export function holdNext(deck: RevealApi, sessionOf: SessionOf): void {
  // Only a plugin gets the object whose `next` keys, arrows and swipes call.
  deck.registerPlugin({ id: 'deckhand-hold', init: (inner) => hold(inner, sessionOf) });
}

function hold(deck: RevealApi, sessionOf: SessionOf): void {
  const next = deck.next.bind(deck);
  let held: { div: HTMLElement; since: number; end: () => void } | undefined;
  const release = () => {
    held?.end();
    held?.div.removeAttribute('data-waits');
    held = undefined;
  };
  const wait = (div: HTMLElement, session: PanelSession) => {
    const end = session.listen(() => {
      if (isRunning(session)) return;
      release();
      next();
    });
    held = { div, since: performance.now(), end };
    div.dataset['waits'] = '';
  };
  for (const event of ['slidechanged', 'fragmentshown', 'fragmenthidden']) deck.on(event, release);
  deck.next = (...how: Parameters<RevealApi['next']>) => {
    const step = lastStep(deck.getCurrentSlide(), (name) => name === 'run' || name.startsWith('code:'));
    const div = step?.closest<HTMLElement>('.demo') ?? undefined;
    const session = div === undefined ? undefined : sessionOf(div);
    const waits = div !== undefined && session !== undefined && isRunning(session);
    if (waits && held === undefined) return wait(div, session);
    if (waits && held !== undefined && performance.now() - held.since < MEANT_MS) return;
    release();
    next(...how);
  };
}

/** A letter is the next one of a command that keys type, before it is any key of the deck. */
export function typeByKeys(deck: RevealApi, sessionOf: SessionOf, type: (div: HTMLElement) => void): void {
  const takes = (letter: string): boolean => {
    if (!/^[\p{L}\p{N}]$/u.test(letter)) return false;
    const div = typedByKeys(deck.getCurrentSlide(), sessionOf);
    if (div !== undefined) type(div);
    return div !== undefined;
  };
  window.addEventListener(
    'keydown',
    (event) => {
      const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
      if (!isPlain || isField(event.target) || !takes(event.key)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    { capture: true },
  );
  // The speaker view's keys come by their code.
  const trigger = deck.triggerKey.bind(deck);
  deck.triggerKey = (keyCode: number) => {
    if (!takes(String.fromCodePoint(keyCode))) trigger(keyCode);
  };
}

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof Element && target.closest('input, textarea, select, shell-view, edit-view') !== null
  );
}

/** From the step `type:NAME` on, until all of the line is there. */
function typedByKeys(slide: Element, sessionOf: SessionOf): HTMLElement | undefined {
  const step = lastStep(slide, (name) => name.startsWith('type:'));
  const div = step?.closest<HTMLElement>('.demo') ?? undefined;
  const session = div === undefined ? undefined : sessionOf(div);
  if (session?.demo.isTypedByKeys !== true || !isLive(session)) return undefined;
  const name = step?.dataset['step']?.slice('type:'.length);
  const state = commandsOf(session).find((command) => command.name === name)?.state ?? 'typing';
  return state === 'typing' ? div : undefined;
}

function isRunning(session: PanelSession): boolean {
  return isLive(session) && commandsOf(session).some(({ state }) => state === 'running');
}

/** A recording takes no keys, and keeps nobody waiting. */
function isLive({ origin, view, isLost }: PanelSession): boolean {
  return origin === 'live' && isLost !== true && view.exit === undefined;
}

function commandsOf({ view }: PanelSession): NonNullable<ShellView['command']>[] {
  return [...view.shells.values()].flatMap(({ command }) => (command === undefined ? [] : [command]));
}

/** The last step of a slide that shows, if it is one of these. */
function lastStep(slide: Element, isIt: (name: string) => boolean): HTMLElement | undefined {
  const shown = fragmentSteps(slide.querySelectorAll<HTMLElement>('.fragment.visible'));
  return shown.at(-1)?.find(({ dataset }) => isIt(dataset['step'] ?? ''));
}
