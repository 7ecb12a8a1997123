/** A slide of one of our decks, as far as other tools can show it. */
interface PlainSlide {
  title: string;
  body: string;
  notes: string;
  /** Path of a picture behind it. */
  background: string | undefined;
}

/** Decks that other tools read, made of one of ours: the same words, lists, code, pictures and notes. */
export interface PeerDecks {
  slides: number;
  marp: string;
  slidev: string;
  revealMd: string;
}

/** Knows the constructs that the measured decks use; panels become the text that their author wrote for paper. */
export function toPeerDecks(markdown: string): PeerDecks {
  const title = /^title: "?(.*?)"?$/m.exec(markdown)?.[1];
  const body = markdown.replace(/^---\n[\s\S]*?\n---\n/, '').replace(/<!--[\s\S]*?-->/g, '');
  const slides = body
    .split(/^##(?!#)/m)
    .slice(1)
    .map(toSlide);
  if (title !== undefined) slides.unshift({ title, body: '', notes: '', background: undefined });
  const join = (toText: (slide: PlainSlide) => string) => slides.map(toText).join('\n\n---\n\n');
  return {
    slides: slides.length,
    marp: `---\nmarp: true\n---\n\n${join((slide) => `${toPicture(slide, '![bg]')}${toBody(slide)}${toComment(slide)}`)}\n`,
    slidev: `---\ntheme: none\n---\n\n${slides.map(toSlidev).join('\n\n')}\n`,
    revealMd: `${join((slide) => `${toSlideComment(slide)}${toBody(slide)}${slide.notes === '' ? '' : `\n\nNote: ${slide.notes}`}`)}\n`,
  };
}

function toSlide(text: string): PlainSlide {
  const end = text.indexOf('\n');
  const heading = end === -1 ? text : text.slice(0, end);
  let body = end === -1 ? '' : text.slice(end + 1);
  let notes = '';
  body = body.replace(/^::: notes\n([\s\S]*?)\n:::$/gm, (_, inner: string) => {
    notes = inner;
    return '';
  });
  body = body
    .replace(/^:::.*$/gm, '')
    .replace(/^\. \. \.$/gm, '')
    .replace(/^> - /gm, '- ')
    .replace(/``` ?\{\.(\w+)\}/g, '```$1');
  const background = /data-background-image="(?:\.\/)?(.*?)"/.exec(heading)?.[1];
  return { title: heading.replace(/\{.*\}/, '').trim(), body: body.trim(), notes, background };
}

function toBody({ title, body }: PlainSlide): string {
  return title === '' ? body : `## ${title}\n\n${body}`;
}

function toPicture({ background }: PlainSlide, mark: string): string {
  return background === undefined ? '' : `${mark}(${background})\n\n`;
}

function toComment({ notes }: PlainSlide): string {
  return notes === '' ? '' : `\n\n<!--\n${notes}\n-->`;
}

function toSlideComment({ background }: PlainSlide): string {
  return background === undefined ? '' : `<!-- .slide: data-background-image="${background}" -->\n\n`;
}

function toSlidev(slide: PlainSlide): string {
  const front = slide.background === undefined ? '' : `background: /${slide.background}\nlayout: cover\n`;
  const body = toBody(slide).replaceAll('](img/', '](/img/');
  return `---\n${front}---\n\n${body}${toComment(slide)}`;
}
