import type { PrintSlide } from './slides.ts';

/** `#/id` and `#/2/1` mean something to reveal.js; in a PDF a link's target is an id. */
export function pointLinksAtSlides(slides: readonly PrintSlide[]): void {
  const byPosition = new Map(slides.map((slide) => [slide.position, slide]));
  for (const { section } of slides) {
    for (const link of section.querySelectorAll<HTMLAnchorElement>('a[href^="#/"]')) {
      const target = decodeURIComponent(link.getAttribute('href')?.slice(2) ?? '').replace(/\/$/, '');
      const slide = byPosition.get(target.replace(/\/0$/, ''));
      if (slide !== undefined) slide.section.id ||= `slide-${slide.number}`;
      const id = slide?.section.id ?? target;
      if (document.getElementById(id) !== null) link.setAttribute('href', `#${id}`);
    }
  }
}
