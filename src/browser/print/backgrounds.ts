/** A slide's background as reveal.js draws it: colour or gradient, then picture or video, the stack's below the slide's. */
export function backgroundOf(section: HTMLElement, stack: HTMLElement | undefined): HTMLElement[] {
  const layers = [stack, section].flatMap((of) => (of === undefined ? [] : layersOf(of)));
  const colour = [section, stack].map((of) => of?.style.getPropertyValue('--slide-ground')).find(Boolean);
  if (colour !== undefined)
    section.classList.add(isLight(colour) ? 'has-light-background' : 'has-dark-background');
  if (isBlank(section)) describe(layers, section);
  return layers;
}

function isBlank(section: HTMLElement): boolean {
  const seen = 'img, svg, video, audio, iframe, canvas, math, .demo, .cast';
  return (section.textContent ?? '').trim() === '' && section.querySelector(seen) === null;
}

/** A slide with nothing but a picture behind it has that read out: by its `aria-label`, or as other pictures without words. */
function describe(layers: readonly HTMLElement[], section: HTMLElement): void {
  const picture = layers.findLast((layer) => layer.dataset['pictures'] !== undefined);
  if (picture === undefined) return;
  picture.ariaHidden = null;
  picture.role = 'img';
  picture.ariaLabel = section.ariaLabel ?? (section.title || 'Picture');
}

/** Reveal.js's shorthand `data-background` may be any of them. */
function layersOf(slide: HTMLElement): HTMLElement[] {
  const { dataset } = slide;
  const short = dataset['background'] ?? '';
  const isImage = /^(?:https?|file|data):|^\/\/|\.(?:svg|png|jpe?g|gif|bmp|webp|avif)(?:[?#\s]|$)/i.test(
    short,
  );
  const isGradient = !isImage && short.includes('gradient');
  const colour = dataset['backgroundColor'] ?? (isImage || isGradient ? '' : short);
  const gradient = dataset['backgroundGradient'] ?? (isGradient ? short : '');
  const image = dataset['backgroundImage'] ?? (isImage ? short : '');
  const video = dataset['backgroundVideo'] ?? '';
  const frame = dataset['backgroundIframe'] ?? '';
  const layers: HTMLElement[] = [];
  if (colour !== '' || gradient !== '') {
    const layer = toLayer();
    layer.style.backgroundColor = colour;
    layer.style.backgroundImage = gradient;
    if (layer.style.backgroundColor !== '') slide.style.setProperty('--slide-ground', colour);
    layers.push(layer);
  }
  if (image !== '') layers.push(toImage(image, slide));
  if (video !== '') layers.push(toVideo(video, slide));
  if (frame !== '') layers.push(toFrame(frame));
  return layers;
}

function toLayer(): HTMLElement {
  const layer = document.createElement('div');
  layer.className = 'slide-background';
  layer.ariaHidden = 'true';
  return layer;
}

function toImage(image: string, { dataset }: HTMLElement): HTMLElement {
  const layer = toLayer();
  const files = image.startsWith('data:') ? [image] : image.split(',');
  // Not shown yet: an animated one would be loaded to be played, beside its last frame.
  layer.dataset['pictures'] = files.map((file) => encodeURI(decodeSafely(file.trim()))).join('\n');
  layer.style.backgroundSize = dataset['backgroundSize'] ?? '';
  layer.style.backgroundPosition = dataset['backgroundPosition'] ?? '';
  layer.style.backgroundRepeat = dataset['backgroundRepeat'] ?? '';
  layer.style.opacity = dataset['backgroundOpacity'] ?? '';
  return layer;
}

function toVideo(video: string, { dataset }: HTMLElement): HTMLElement {
  const layer = toLayer();
  const element = document.createElement('video');
  element.src = video.split(',')[0]?.trim() ?? '';
  element.muted = true;
  element.style.objectFit = dataset['backgroundSize'] === 'contain' ? 'contain' : 'cover';
  layer.style.opacity = dataset['backgroundOpacity'] ?? '';
  layer.append(element);
  return layer;
}

function toFrame(address: string): HTMLElement {
  const layer = toLayer();
  const frame = document.createElement('iframe');
  frame.dataset['src'] = address;
  layer.append(frame);
  return layer;
}

function decodeSafely(address: string): string {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}

/** As reveal.js weighs it, so that the same slides get dark letters. */
function isLight(colour: string): boolean {
  const probe = document.createElement('i');
  probe.style.color = colour;
  document.body.append(probe);
  const [red = 0, green = 0, blue = 0] =
    getComputedStyle(probe)
      .color.match(/[\d.]+/g)
      ?.map(Number) ?? [];
  probe.remove();
  return (red * 299 + green * 587 + blue * 114) / 1000 >= 128;
}
