/** A slide's own pixels that its content may take: below is the slide's number. */
const ROOM = 668;
/** A panel that is lower shows nothing any more. */
const LOWEST = 300;

/** Makes a panel as high as its slide lets it be: a title of two lines leaves it less. */
export function fitSlide(div: HTMLElement): void {
  const section = div.closest('section');
  // A slide that is not shown has no size.
  if (section === null || div.matches('.run-block') || section.clientHeight === 0) return;
  div.style.height = '';
  const content = [...section.children].filter((child) => !child.matches('aside, .slide-background'));
  const boxes = content.map((child) => child.getBoundingClientRect()).filter(({ height }) => height > 0);
  const scale = section.getBoundingClientRect().width / section.offsetWidth;
  if (!Number.isFinite(scale) || scale === 0) return;
  const top = Math.min(...boxes.map((box) => box.top));
  const bottom = Math.max(...boxes.map((box) => box.bottom));
  const over = (bottom - top) / scale - ROOM;
  if (over > 0) div.style.height = `${Math.floor(Math.max(LOWEST, div.offsetHeight - over))}px`;
}
