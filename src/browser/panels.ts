import type { PanelContext } from './panel/session/panel-context.ts';
import type { RevealApi } from 'reveal.js';
import type { PageData } from '../stage/page-data.ts';
import type { PanelHost } from './panel/panel-host.ts';
import type { StageClient } from './stage/stage-client.ts';
import { loadPart } from './load-part.ts';

/** Makes panels of the `.demo` and `.cast` divs, when their slide is near: the code for it comes only then. */
export interface Panels {
  /** To be called after the slides in the page have changed. */
  openNear(): void;
}

/** Keys that drive the demo on the slide; letters that reveal.js leaves free. */
const DEMO_KEYS = [
  { keyCode: 82, key: 'R', description: 'Run the demo', action: 'run' },
  { keyCode: 88, key: 'X', description: 'Stop the demo', action: 'stop' },
  { keyCode: 90, key: 'Z', description: 'Reset the demo', action: 'reset' },
  { keyCode: 77, key: 'M', description: 'One more container of the demo', action: 'replica' },
  { keyCode: 69, key: 'E', description: 'Play or pause the recording', action: 'hold' },
  { keyCode: 85, key: 'U', description: 'Recording: back to the step before', action: 'previous-marker' },
  { keyCode: 73, key: 'I', description: 'Recording: on to the next step', action: 'next-marker' },
  // Beside the letters, on the number pad, and as Firefox counts them.
  ...[189, 109, 173].map((keyCode) => ({
    keyCode,
    key: '-',
    description: 'Recording: slower',
    action: 'slower' as const,
  })),
  ...[187, 107, 61, 171].map((keyCode) => ({
    keyCode,
    key: '+',
    description: 'Recording: faster',
    action: 'faster' as const,
  })),
  { keyCode: 84, key: 'T', description: 'Recording: skip to the result', action: 'result' },
] as const;

export function openPanels(context: PanelContext): Panels {
  const { deck, role } = context;
  let host: Promise<PanelHost> | undefined;
  const withHost = (use: (loaded: PanelHost) => void) => {
    host ??= loadPart(() => import('./panel/panel-host.ts')).then(({ createPanelHost }) =>
      createPanelHost(context),
    );
    void host.then(use);
  };
  const openNear = () => {
    const near = demosNear(context);
    if (near.length > 0) withHost((loaded) => near.forEach((div) => loaded.open(div)));
  };
  deck.on('slidechanged', openNear);
  openNear();
  if (role === 'speaker') {
    listenForSteps(context, withHost);
    listenForKeys(context, withHost);
  }
  return { openNear };
}

/** Panels of this slide and of its neighbours, so that nobody sees one being made. */
function demosNear({ deck, page }: PanelContext): HTMLElement[] {
  const here = deck.getCurrentSlide();
  const stack = here.closest('.slides > section') ?? here;
  const near = [stack.previousElementSibling, stack, stack.nextElementSibling];
  return near.flatMap((slide) => (slide === null ? [] : demosIn(slide, page)));
}

/** In a published deck, a demo without a recording keeps the text that its author wrote. */
function demosIn(slide: Element, { mode, demos }: PageData): HTMLElement[] {
  const all = [...slide.querySelectorAll<HTMLElement>('.demo, .cast')];
  return mode === 'static'
    ? all.filter(
        (div) => div.classList.contains('cast') || demos.some(({ name }) => name === div.dataset['name']),
      )
    : all;
}

/** The demo of the slide that shows; the first one, if it has several. */
function currentDemo({ deck, page }: PanelContext): HTMLElement | undefined {
  return demosIn(deck.getCurrentSlide(), page)[0];
}

function listenForKeys(context: PanelContext, withHost: (use: (host: PanelHost) => void) => void): void {
  const { deck } = context;
  for (const { keyCode, key, description, action } of DEMO_KEYS) {
    deck.addKeyBinding({ keyCode, key, description }, () => {
      const div = currentDemo(context);
      if (div !== undefined) withHost((host) => host.act(div, action));
    });
  }
}

/** `steps=` on a panel: Next shows an empty fragment, and that does what the step names. */
function listenForSteps(context: PanelContext, withHost: (use: (host: PanelHost) => void) => void): void {
  const { deck, stage } = context;
  deck.on('fragmentshown', (event) => {
    const { fragment } = event as Event & { fragment?: HTMLElement };
    const step = fragment?.dataset['step'];
    const div = demosIn(deck.getCurrentSlide(), context.page).find((one) => one.contains(fragment ?? null));
    // Only the window where somebody pressed Next acts; the others hear of it from the stage.
    if (step === undefined || div === undefined || isToldByStage(deck, stage)) return;
    withHost((host) => host.step(div, step));
  });
}

function isToldByStage(deck: RevealApi, stage: StageClient): boolean {
  const { h, v, f } = deck.getIndices();
  const { position } = stage.state;
  return position.h === h && position.v === (v ?? 0) && position.f === (f ?? -1);
}
