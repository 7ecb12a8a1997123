/**
 * Keeps a phone's screen on. Browsers give the wake lock to HTTPS only, and this page comes over plain Wi-Fi; but no phone
 * sleeps while a video plays. `awake.mp4` is four seconds of black and silence:
 *
 *     ffmpeg -f lavfi -i color=c=black:s=64x64:r=2 -f lavfi -i anullsrc=r=8000:cl=mono -t 4 -c:v libx264 -profile:v baseline \
 *       -pix_fmt yuv420p -preset veryslow -crf 40 -g 4 -c:a aac -b:a 8k -map_metadata -1 -movflags +faststart awake.mp4
 *
 * It has a sound track and isn't muted, or iPhones don't count it; it is shorter than five seconds, or Android announces it.
 */
export function stayAwake(): void {
  const video = document.createElement('video');
  video.className = 'awake';
  video.src = new URL('./awake.mp4', import.meta.url).href;
  video.playsInline = true;
  video.disableRemotePlayback = true;
  video.ariaHidden = 'true';
  video.tabIndex = -1;
  // Not `loop`: an iPhone sleeps while a video goes round.
  video.addEventListener('timeupdate', () => {
    if (video.currentTime > 2) video.currentTime = Math.random();
  });
  document.body.append(video);
  const keep = () => {
    if (!document.hidden && video.paused) void video.play().catch(() => undefined);
    void navigator.wakeLock?.request('screen').catch(() => undefined);
  };
  // Only a tap may start a video; coming back to the page, the next one starts it again.
  document.addEventListener('click', keep);
}
