import '../style/deck.css';
import { comeBackByItself } from '../deck/come-back.ts';
import { readPageData, mirrorOf } from '../page-data.ts';
import { AUDIENCE, soundOf, startReveal } from '../deck/reveal.ts';
import { freezeOnKey, keepFrozen } from '../deck/freeze.ts';
import { followStage } from '../deck/follow-stage.ts';
import { hearFrames } from '../deck/frame-keys.ts';
import { keepDeckFresh } from '../deck/live-reload.ts';
import { listenToClicker } from '../deck/clicker.ts';
import { createEditorOpener, openSlidesInEditor } from '../deck/open-in-editor.ts';
import { openDrawing } from '../drawing/open-drawing.ts';
import { openPanels } from '../panels.ts';
import { printEverySlide, takePrintWord } from '../deck/print-deck.ts';
import { openSpeakerOnKey, takeKeysFromSpeaker } from '../deck/speaker-window.ts';
import { showLaser } from '../deck/laser.ts';
import { keepForLater } from '../deck/keep-for-later.ts';
import { keepInView } from '../deck/keep-in-view.ts';
import { drawQrCodes } from '../deck/qr-codes.ts';
import { switchThemes } from '../deck/projector-theme.ts';
import { heardInHall } from '../stage/frozen-hall.ts';
import { openServer } from '../stage/server.ts';
import { StageClient } from '../stage/stage-client.ts';
import { tellScreen } from '../deck/tell-screen.ts';
import { showMessages } from '../messages.ts';

/** The deck's page: reveal.js over the slides that are already there, then everything that follows the stage. */
async function main(): Promise<void> {
  const page = readPageData();
  const mirror = mirrorOf();
  const isPrintAsked = takePrintWord();
  const isOnPhone = page.mode === 'live' && page.isAskedFor === undefined;
  const { deck, start } = startReveal(mirror, isOnPhone ? AUDIENCE : {});
  const { call, listen: hear } = await openServer(page);
  const isHall = mirror === undefined && page.mode === 'live' && !isOnPhone;
  const listen = isHall ? heardInHall(hear) : hear;
  const stage = new StageClient(call, listen, page.demos);
  const messages = showMessages(mirror === undefined);
  await start;
  const look = keepInView(deck);
  showLaser(deck, stage);
  // To a published deck links lead from anywhere: there is nobody else whom they could take along.
  const isAskedFor = page.mode === 'static' || page.isAskedFor === true;
  const follower = followStage(deck, stage, { mirror, isAskedFor });
  switchThemes(deck, stage);
  const role = mirror === 'next' ? 'preview' : 'speaker';
  const panels = openPanels({ deck, stage, page, call, listen, role, messages });
  void drawQrCodes(document);
  const onPatched = () => {
    void drawQrCodes(document);
    look();
    panels.openNear();
  };
  const openInEditor = isHall ? createEditorOpener(call, messages) : undefined;
  if (openInEditor !== undefined) openSlidesInEditor(deck, openInEditor);
  keepDeckFresh({ deck, stage, follower, page, messages, onPatched, openInEditor, sound: soundOf(mirror) });
  openDrawing(deck, stage, call, mirror !== 'next');
  if (mirror === undefined) printEverySlide(deck, isPrintAsked);
  if (mirror !== 'next') listenToClicker(deck);
  hearFrames(deck);
  if (mirror === undefined && page.mode === 'live') tellScreen('deck', stage, call);
  if (isHall) comeBackByItself();
  if (isHall) keepFrozen(deck, stage);
  if (mirror !== 'next' && page.mode === 'live') freezeOnKey(deck, stage);
  if (mirror === undefined) openSpeakerOnKey(deck, page);
  if (mirror === 'current') takeKeysFromSpeaker(deck);
  if (mirror === undefined && page.site !== undefined) keepForLater(page.site);
}

void main();
