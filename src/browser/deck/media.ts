import type { RevealApi } from 'reveal.js';

/**
 * Where a page's videos and sounds are heard. `own`: the deck's own window. `muted`: a mirror of it. `silent`: a preview of what
 * comes, where nothing plays. `asked`: a follower, who hears nothing before asking for it.
 */
export type Sound = 'own' | 'muted' | 'silent' | 'asked';

const MEDIA = 'video, audio';
const BACKGROUND_VIDEO = 'section[data-background-video]';

/** To be called with slides before reveal.js sees them: when the page starts, and with each save. */
export function tameMedia(root: ParentNode, sound: Sound): void {
  for (const media of root.querySelectorAll<HTMLMediaElement>('video[autoplay], audio[autoplay]')) {
    // A browser plays these when the page loads, slides before their turn; reveal.js plays them in time.
    media.removeAttribute('autoplay');
    media.dataset['autoplay'] = '';
    media.pause();
  }
  if (sound === 'own') return;
  for (const media of root.querySelectorAll<HTMLMediaElement>(MEDIA)) media.muted = true;
  for (const slide of root.querySelectorAll(BACKGROUND_VIDEO)) {
    slide.setAttribute('data-background-video-muted', '');
  }
  if (sound === 'silent') takeFramesOut(root);
}

/** Nobody can tell a page in a slide to be quiet: where nothing may play, it isn't loaded. */
function takeFramesOut(root: ParentNode): void {
  for (const frame of root.querySelectorAll('iframe')) {
    for (const name of ['src', 'data-src', 'srcdoc']) frame.removeAttribute(name);
    frame.classList.add('frame-not-loaded');
  }
  for (const slide of root.querySelectorAll('section[data-background-iframe]')) {
    slide.removeAttribute('data-background-iframe');
  }
}

/** Holds back what would play out of turn, or aloud in another window. */
export function holdMedia(deck: RevealApi, sound: Sound): void {
  const listen = (event: string, hear: (media: HTMLMediaElement) => void) => {
    const onEvent = ({ target }: Event) => {
      if (target instanceof HTMLMediaElement) hear(target);
    };
    // They don't bubble.
    document.addEventListener(event, onEvent, { capture: true });
  };
  const quieten = (media: HTMLMediaElement) => {
    if (!media.muted) media.muted = true;
  };
  listen('play', (media) => {
    if (sound === 'muted') quieten(media);
    if (sound === 'silent' || !isOnScreen(media)) media.pause();
  });
  if (sound === 'muted' || sound === 'silent') listen('volumechange', quieten);
  if (sound === 'asked') offerSound(deck);
}

/** Whether it is on the slide that shows, or behind it. */
function isOnScreen(media: HTMLMediaElement): boolean {
  const slide = media.closest('.slides section:not(.stack), .backgrounds .slide-background:not(.stack)');
  return slide === null || slide.classList.contains('present');
}

/** A room of phones playing one sound is noise; one person with earphones may want it. */
function offerSound(deck: RevealApi): void {
  let isOn = false;
  const button = document.createElement('button');
  button.className = 'sound';
  document.body.append(button);
  const all = () => document.querySelectorAll<HTMLMediaElement>(MEDIA);
  const show = () => {
    const slide = deck.getCurrentSlide();
    const hasMedia = slide.querySelector(MEDIA) !== null || slide.matches(BACKGROUND_VIDEO);
    button.hidden = !hasMedia;
    button.textContent = isOn ? 'Sound on' : 'Sound off';
    button.ariaPressed = String(isOn);
    for (const media of isOn ? all() : []) media.muted = false;
  };
  button.addEventListener('click', () => {
    isOn = !isOn;
    if (!isOn) for (const media of all()) media.muted = true;
    show();
  });
  for (const event of ['slidechanged', 'ready']) deck.on(event, show);
  show();
}
