import { tellSeenOffers } from '../speaker/fallback-prompt.ts';
import '../style/remote.css';
import { html, render } from 'lit';
import { createLaserSender } from '../deck/laser.ts';
import { reloadSafely } from '../boot/when-answered.ts';
import { readPageData } from '../page-data.ts';
import { showPairPage } from '../remote/pair-page.ts';
import { openRemoteServer } from '../remote/remote-server.ts';
import { remoteView } from '../remote/remote-view.ts';
import { stayAwake } from '../remote/stay-awake.ts';
import { DeckNotes } from '../speaker/deck-notes.ts';
import { DemoConsole } from '../speaker/demo-console.ts';
import { forwardKeys } from '../speaker/forward-keys.ts';
import { sayShown } from '../speaker/say-shown.ts';
import { SpeakerSettings } from '../speaker/settings.ts';
import { styleMath } from '../deck/style-math.ts';
import { createApi } from '../stage/api.ts';
import { StageClient } from '../stage/stage-client.ts';
import type { PageData } from '../../stage/page-data.ts';

/** The phone: pairs first, then drives the talk. */
function main(): void {
  const page = readPageData();
  const pair = document.querySelector<HTMLElement>('#pair');
  const root = document.querySelector<HTMLElement>('#remote');
  if (pair !== null) {
    const call = createApi(page.token, '');
    showPairPage(pair, async (code) => void (await call('POST', '/remote/pair', { code })));
  }
  if (root !== null) showRemote(root, page);
}

function showRemote(root: HTMLElement, page: PageData): void {
  // The code that brought us here has done its work.
  if (location.hash !== '') history.replaceState(null, '', location.pathname);
  const server = openRemoteServer(page);
  const { call, listen } = server;
  const stage = new StageClient(call, listen, page.demos);
  const notes = new DeckNotes(page.plan ?? { slides: [] });
  const settings = new SpeakerSettings();
  const demos = new DemoConsole({ stage, call, listen, redraw: () => drawSoon() });
  const laser = createLaserSender(call);
  let isLost = false;
  let isOver = false;
  let frame = 0;
  const draw = () => {
    if (isOver) return;
    render(remoteView({ stage, notes, settings, demos, laser, isLost, redraw: draw }), root);
    styleMath(root);
  };
  const drawSoon = () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(draw);
  };
  server.onTakenBack(() => {
    isOver = true;
    render(takenBack(), root);
  });
  tellSeenOffers(stage);
  let hellos = 0;
  stage.listen({
    stage: draw,
    demos: draw,
    deck: () => void notes.reload().then(draw),
    lost: () => {
      isLost = true;
      draw();
    },
    hello: ({ instance }) => {
      isLost = false;
      if (instance !== page.instance) return void reloadSafely();
      hellos += 1;
      // After a sleep the mirror's own connection may be dead without knowing.
      if (hellos > 1)
        document.querySelector<HTMLIFrameElement>('iframe.current')?.contentWindow?.location.reload();
      void notes.reload().then(draw);
    },
  });
  forwardKeys();
  stayAwake();
  sayShown(call);
  draw();
  setInterval(draw, 1000);
}

function takenBack(): ReturnType<typeof html> {
  return html`<div class="taken-back" role="alert">
    <h1>This phone was unpaired</h1>
    <p>It no longer drives the talk. To pair it again, scan the code on the speaker view.</p>
    <button @click=${() => location.reload()}>Pair again</button>
  </div>`;
}

main();
