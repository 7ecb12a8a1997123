import type { RevealApi } from 'reveal.js';
import type { StageClient } from '../stage/stage-client.ts';

const FREEZE = { keyCode: 86, key: 'V', description: 'Freeze what the audience sees' };
/** They change nothing that the audience sees of the talk. */
const HARMLESS = ['f', 'F', 'F5', 'F11', 's', 'S', 'v', 'V'];

/** V freezes the screens of the hall, and V again lets them follow. */
export function freezeOnKey(deck: RevealApi, stage: StageClient): void {
  deck.addKeyBinding(FREEZE, () => change(stage, stage.state.isFrozen !== true));
}

/** In the hall's own window a frozen picture takes no keys and no clicks: the first one, a clicker's, only lets it follow again. */
export function keepFrozen(deck: RevealApi, stage: StageClient): void {
  const cover = document.createElement('div');
  cover.className = 'frozen-cover';
  const isFrozen = () => stage.state.isFrozen === true;
  stage.listen({
    stage: () => {
      if (!isFrozen()) cover.remove();
      else if (!cover.isConnected) document.body.append(cover);
    },
  });
  const thaw = (event: Event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    change(stage, false);
  };
  cover.addEventListener('pointerdown', thaw);
  // Keys that a framed page passes on come this way.
  const trigger = deck.triggerKey.bind(deck);
  deck.triggerKey = (keyCode: number) => {
    if (isFrozen()) change(stage, false);
    else trigger(keyCode);
  };
  window.addEventListener(
    'keydown',
    (event) => {
      if (isFrozen() && !HARMLESS.includes(event.key)) thaw(event);
    },
    { capture: true },
  );
}

function change(stage: StageClient, isFrozen: boolean): void {
  // The banner says that Deckhand does not answer.
  void stage.change({ type: 'freeze', isFrozen }).catch(() => {});
}
