import type { RevealApi } from 'reveal.js';
import type { PageData } from '../../stage/page-data.ts';
import type { DeckPatch } from '../../stage/deck-patch.ts';
import type { StageFollower } from './follow-stage.ts';
import { showDeckProblems } from './deck-problem.ts';
import type { Sound } from './media.ts';
import type { OpenInEditor } from './open-in-editor.ts';
import type { Messages } from '../messages.ts';
import type { StageClient } from '../stage/stage-client.ts';
import { styleMath } from './style-math.ts';
import { reloadSafely } from '../boot/when-answered.ts';
import { loadPart } from '../load-part.ts';

interface FreshDeckParts {
  deck: RevealApi;
  stage: StageClient;
  follower: StageFollower;
  page: PageData;
  messages: Messages;
  onPatched(): void;
  /** Only where the deck's author is. */
  openInEditor?: OpenInEditor | undefined;
  sound: Sound;
  /** What this page says when nobody answers. */
  lost?: { what: string; hint: string };
}

const LOST = { what: 'Deckhand does not answer', hint: 'Is it still running in its terminal?' };

/** Puts each save into the page without loading it again: same slide, same step, panels and pictures stay. */
export function keepDeckFresh(parts: FreshDeckParts): void {
  const { stage, follower, page, messages, onPatched, lost = LOST } = parts;
  let version = page.deckVersion;
  // One after the other: a patch needs the slides that the one before it made.
  let work = Promise.resolve();
  const reload = () => {
    // What the stage says from here on is for the page that comes: a new server's first state would take this one to the start.
    follower.after(new Promise(() => {}));
    void reloadSafely();
  };
  showDeckProblems(stage, messages, parts.openInEditor);
  stage.listen({
    hello: ({ instance, deckVersion }) => {
      if (instance !== page.instance || deckVersion !== version) reload();
      else messages.clear('connection');
    },
    lost: () => messages.show('connection', lost),
    deck: (message) => {
      const { patch, files = [] } = message;
      // A recording is read once, by its panel.
      if (files.some((file) => file.endsWith('.cast'))) return reload();
      if (files.length > 0) work = work.then(() => refresh(parts, files));
      if (patch === undefined) return;
      if (patch.from !== version) return reload();
      version = patch.to;
      if (message.title !== '') document.title = message.title;
      work = work.then(() => applyPatch(parts, patch, reload)).then(onPatched);
      follower.after(work);
    },
  });
}

async function applyPatch(
  { deck, follower, sound }: FreshDeckParts,
  patch: DeckPatch,
  reload: () => void,
): Promise<void> {
  const { bringsFrames, patchSlides } = await loadPart(() => import('./patch-slides.ts'));
  if (bringsFrames(patch)) return reload();
  follower.quietly(() => patchSlides(deck, patch, sound));
  styleMath(document);
}

async function refresh({ deck }: FreshDeckParts, files: string[]): Promise<void> {
  const { refreshFiles } = await loadPart(() => import('./refresh-files.ts'));
  refreshFiles(deck, files);
}
