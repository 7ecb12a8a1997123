import '../style/speaker.css';
import { render } from 'lit';
import { reloadSafely } from '../boot/when-answered.ts';
import { readPageData } from '../page-data.ts';
import { DeckNotes } from '../speaker/deck-notes.ts';
import { answerFallbackByKey, tellSeenOffers } from '../speaker/fallback-prompt.ts';
import { forwardKeys, type Box } from '../speaker/forward-keys.ts';
import { PreflightBoard } from '../speaker/preflight-board.ts';
import { DemoConsole } from '../speaker/demo-console.ts';
import { SpeakerSettings } from '../speaker/settings.ts';
import { RemoteCard } from '../speaker/remote-card.ts';
import { sayShown } from '../speaker/say-shown.ts';
import { speakerView } from '../speaker/speaker-view.ts';
import { styleMath } from '../deck/style-math.ts';
import { openServer } from '../stage/server.ts';
import { tellScreen } from '../deck/tell-screen.ts';
import { StageClient } from '../stage/stage-client.ts';

/** The speaker view: the same stage as every screen, with notes, the next step and the time. */
async function main(): Promise<void> {
  const page = readPageData();
  const { call, listen } = await openServer(page);
  const stage = new StageClient(call, listen, page.demos);
  const notes = new DeckNotes(page.plan ?? { slides: [] });
  const settings = new SpeakerSettings();
  const open = { list: false };
  const demos = new DemoConsole({ stage, call, listen, redraw: () => drawSoon() });
  const devices = new RemoteCard({ stage, call, redraw: () => drawSoon() });
  const deckAddress = page.site?.deck ?? '/';
  const root = document.querySelector<HTMLElement>('#speaker') ?? document.body;
  let isLost = false;
  // A published deck has nobody to look.
  const preflight = page.mode === 'live' ? new PreflightBoard(stage, call, () => draw()) : undefined;
  const parts = { stage, deckAddress, notes, settings, demos, devices, preflight, open };
  const draw = () => {
    root.dataset['layout'] = settings.isSingle ? 'single' : 'wide';
    render(speakerView({ ...parts, isLost, redraw: draw }), root);
    styleMath(root);
  };
  const drawSoon = onceAFrame(draw);
  stage.listen({
    stage: draw,
    times: draw,
    demos: draw,
    deck: () => void notes.reload().then(draw),
    lost: () => {
      isLost = true;
      draw();
    },
    hello: ({ instance }) => {
      isLost = false;
      if (instance !== page.instance) void reloadSafely();
      else void notes.reload().then(draw);
    },
  });
  if (page.mode === 'live') {
    tellScreen('speaker', stage, call);
    sayShown(call);
  }
  answerFallbackByKey(stage);
  tellSeenOffers(stage);
  forwardKeys([listBox(open, draw), devices]);
  draw();
  setInterval(draw, 1000);
}

function listBox(open: { list: boolean }, draw: () => void): Box {
  const close = () => {
    open.list = false;
    draw();
  };
  return {
    get isOpen() {
      return open.list;
    },
    close,
  };
}

/** A build prints a thousand lines a second; nobody reads more than a frame shows. */
function onceAFrame(draw: () => void): () => void {
  let isWaiting = false;
  return () => {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(() => {
      isWaiting = false;
      draw();
    });
  };
}

void main();
