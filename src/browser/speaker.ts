import './style/speaker.css';
import { render } from 'lit';
import { readPageData } from './page-data.ts';
import { DeckNotes } from './speaker/deck-notes.ts';
import { forwardKeys } from './speaker/forward-keys.ts';
import { NotesSize } from './speaker/notes-size.ts';
import { speakerView } from './speaker/speaker-view.ts';
import { openServer } from './stage/server.ts';
import { StageClient } from './stage/stage-client.ts';

/** The speaker view: the same stage as every screen, with notes, the next step and the time. */
async function main(): Promise<void> {
  const page = readPageData();
  const { call, listen } = await openServer(page);
  const stage = new StageClient(call, listen, page.demos);
  const notes = new DeckNotes();
  const size = new NotesSize();
  const root = document.querySelector<HTMLElement>('#speaker') ?? document.body;
  let isLost = false;
  const draw = () =>
    render(
      speakerView({ stage, deckAddress: page.site?.deck ?? '/', notes, size, isLost, redraw: draw }),
      root,
    );
  stage.listen({
    stage: draw,
    deck: () => void notes.reload().then(draw),
    lost: () => {
      isLost = true;
      draw();
    },
    hello: ({ instance }) => {
      isLost = false;
      if (instance !== page.instance) location.reload();
      else void notes.reload().then(draw);
    },
  });
  forwardKeys();
  draw();
  setInterval(draw, 1000);
}

void main();
