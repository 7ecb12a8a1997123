/** Twice as many dots as a slide is wide: nobody sees more of them on paper. */
const MAX_DOTS = 2560;
/** What is smaller than this costs a PDF little, whatever is in it. */
const SMALL_DOTS = 1_000_000;
/** What takes more for each dot, packed without loss, is a photograph; screenshots and diagrams take far less. */
const HEAVY_BYTES_PER_DOT = 1;
const QUALITY = 0.92;
const JPEG = /\.jpe?g(?:[?#]|$)|^data:image\/jpe?g/i;

/**
 * A picture as an address of one that paper needs: no larger than it can be seen, and packed with loss when it is a photograph.
 * Undefined for a picture that is fine as it is, or that this page may not read.
 */
export async function shrinkPicture(image: HTMLImageElement, bytes: number): Promise<string | undefined> {
  const { naturalWidth: width, naturalHeight: height } = image;
  const isHeavy = width * height > SMALL_DOTS && bytes > width * height * HEAVY_BYTES_PER_DOT;
  const scale = Math.min(1, MAX_DOTS / Math.max(width, height));
  if ((scale === 1 && !isHeavy) || /\.svg(?:[?#]|$)|^data:image\/svg/i.test(image.src)) return undefined;
  try {
    const size = { width: Math.round(width * scale), height: Math.round(height * scale) };
    const canvas = new OffscreenCanvas(size.width, size.height);
    const context = canvas.getContext('2d');
    if (context === null) return undefined;
    context.imageSmoothingQuality = 'high';
    context.drawImage(image, 0, 0, size.width, size.height);
    const isOpaque = !hasHoles(context.getImageData(0, 0, size.width, size.height).data);
    const whole = isOpaque && JPEG.test(image.src) ? undefined : await canvas.convertToBlob();
    const isPhotograph = whole === undefined || whole.size > size.width * size.height * HEAVY_BYTES_PER_DOT;
    if (whole !== undefined && !(isOpaque && isPhotograph)) return URL.createObjectURL(whole);
    return URL.createObjectURL(await canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY }));
  } catch {
    // Of another host: it may be shown, and not read.
    return undefined;
  }
}

function hasHoles(pixels: Uint8ClampedArray): boolean {
  for (let at = 3; at < pixels.length; at += 4) if (pixels[at] !== 255) return true;
  return false;
}
