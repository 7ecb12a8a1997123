import type { RevealApi } from 'reveal.js';
import { LASER_FADES_MS, type LaserPoint } from '../../stage/laser-point.ts';
import type { CallApi } from '../stage/api.ts';
import type { StageClient } from '../stage/stage-client.ts';

/** Often enough to look like one movement, seldom enough for a phone's Wi-Fi. */
const SEND_MS = 33;
/** A finger that rests still points: said again before it fades on the screens. */
const REPEAT_MS = 600;

/** Draws the stage's laser over the slide that shows: a dot, or a spot of light on a dim slide. */
export function showLaser(deck: RevealApi, stage: StageClient): void {
  const dot = document.createElement('div');
  dot.className = 'laser';
  dot.hidden = true;
  let fade: ReturnType<typeof setTimeout> | undefined;
  const put = (point: LaserPoint | null) => {
    clearTimeout(fade);
    dot.hidden = point === null;
    if (point === null) return;
    dot.classList.toggle('is-spot', point.isSpot === true);
    dot.style.left = `${point.x}%`;
    dot.style.top = `${point.y}%`;
    fade = setTimeout(() => put(null), LASER_FADES_MS);
  };
  // In the slides' own box: reveal.js scales and moves it with them.
  deck.getSlidesElement()?.after(toLayer(deck, dot));
  stage.listen({ laser: put });
}

/** A layer exactly over the slides, whatever their scale. */
function toLayer(deck: RevealApi, dot: HTMLElement): HTMLElement {
  const layer = document.createElement('div');
  layer.className = 'laser-layer';
  layer.append(dot);
  const fit = () => {
    const { width, height } = deck.getConfig();
    const scale = deck.getScale();
    layer.style.width = `${Number(width) * scale}px`;
    layer.style.height = `${Number(height) * scale}px`;
  };
  deck.on('resize', fit);
  fit();
  return layer;
}

/** Tells the stage where a finger or a mouse points; `null` puts the laser out. */
export interface LaserSender {
  point(point: LaserPoint | null): void;
}

/** Sends the newest point, one at a time: a slow network gets fewer, not older ones. */
export function createLaserSender(call: CallApi): LaserSender {
  let wanted: LaserPoint | null = null;
  let isBusy = false;
  let hasNews = false;
  let repeat: ReturnType<typeof setInterval> | undefined;
  const send = () => {
    if (isBusy || !hasNews) return;
    isBusy = true;
    hasNews = false;
    const pause = new Promise((resolve) => setTimeout(resolve, SEND_MS));
    const sent = call('POST', '/stage/laser', { point: wanted }).catch(() => undefined);
    void Promise.all([sent, pause]).then(() => {
      isBusy = false;
      send();
    });
  };
  const tell = () => {
    hasNews = true;
    send();
  };
  return {
    point(point) {
      clearInterval(repeat);
      wanted = point;
      if (point !== null) repeat = setInterval(tell, REPEAT_MS);
      tell();
    },
  };
}

/** Where an event is in a box that shows the slide, in hundredths of it; kept inside. */
export function toLaserPoint(event: { clientX: number; clientY: number }, slide: DOMRect): LaserPoint {
  const hundredths = (at: number, from: number, length: number) =>
    Math.round(Math.min(100, Math.max(0, ((at - from) / length) * 100)) * 10) / 10;
  return {
    x: hundredths(event.clientX, slide.left, slide.width),
    y: hundredths(event.clientY, slide.top, slide.height),
  };
}
