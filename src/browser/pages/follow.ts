import '../style/deck.css';
import '../style/follow.css';
import { openDrawing } from '../drawing/open-drawing.ts';
import { openFollowServer } from '../follow/follow-server.ts';
import { followSpeaker } from '../follow/follow-speaker.ts';
import { keepInView } from '../deck/keep-in-view.ts';
import { showLaser } from '../deck/laser.ts';
import { keepDeckFresh } from '../deck/live-reload.ts';
import { showMessages } from '../messages.ts';
import { readPageData } from '../page-data.ts';
import { openPanels } from '../panels.ts';
import { printEverySlide, takePrintWord } from '../deck/print-deck.ts';
import { drawQrCodes } from '../deck/qr-codes.ts';
import { AUDIENCE, startReveal } from '../deck/reveal.ts';
import { heardInHall } from '../stage/frozen-hall.ts';
import { StageClient } from '../stage/stage-client.ts';

const LOST = { what: 'The connection to the talk is gone', hint: 'It comes back by itself.' };

/** The deck on a device of the audience: where the speaker is, free to look back, with nothing that could change anything. */
async function main(): Promise<void> {
  const page = readPageData();
  const isPrintAsked = takePrintWord();
  const { deck, start } = startReveal(undefined, AUDIENCE, 'asked');
  const { call, listen: hear } = openFollowServer();
  const listen = heardInHall(hear);
  const stage = new StageClient(call, listen, page.demos);
  const messages = showMessages(true);
  await start;
  const look = keepInView(deck);
  printEverySlide(deck, isPrintAsked);
  showLaser(deck, stage);
  openDrawing(deck, stage, call, false);
  const follower = followSpeaker(deck, stage);
  const panels = openPanels({ deck, stage, page, call, listen, role: 'audience', messages });
  void drawQrCodes(document);
  const onPatched = () => {
    void drawQrCodes(document);
    look();
    panels.openNear();
  };
  keepDeckFresh({ deck, stage, follower, page, messages, onPatched, sound: 'asked', lost: LOST });
}

void main();
