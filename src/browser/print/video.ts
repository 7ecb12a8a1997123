/** Loads a video's first picture, if that isn't there and no poster stands for it. */
export async function loadVideo(video: HTMLVideoElement): Promise<void> {
  for (const element of [video, ...video.querySelectorAll('source')]) {
    const lazy = element.dataset['src'];
    if (lazy !== undefined) element.src = lazy;
  }
  video.removeAttribute('controls');
  video.preload = 'auto';
  if (video.poster !== '' || video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) return;
  const loaded = new Promise<void>((resolve, reject) => {
    const failed = () => reject(new Error('failed'));
    video.addEventListener('loadeddata', () => resolve());
    (video.querySelector('source:last-of-type') ?? video).addEventListener('error', failed);
    if (video.error !== null) failed();
  });
  video.load();
  await loaded;
}

/** What a message calls it. */
export function nameOfVideo(video: HTMLVideoElement): string {
  return video.currentSrc || (video.getAttribute('src') ?? 'a video');
}
