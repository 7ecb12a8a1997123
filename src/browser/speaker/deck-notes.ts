import type { Position } from '../../stage/stage-state.ts';

/** The deck's slides as the speaker view needs them: titles and notes, not layout. */
export class DeckNotes {
  #slides: DocumentFragment;

  constructor() {
    const template = document.querySelector<HTMLTemplateElement>('template#deck');
    this.#slides = template?.content ?? document.createDocumentFragment();
  }

  /** Takes the deck that is up now. */
  async reload(): Promise<void> {
    const response = await fetch('/api/deck').catch(() => undefined);
    if (response === undefined || !response.ok) return;
    const { stacks } = (await response.json()) as { stacks: string[] };
    const template = document.createElement('template');
    template.innerHTML = stacks.join('\n');
    this.#slides = template.content;
  }

  /** Every slide in order, as reveal.js counts them. */
  #all(): { h: number; v: number; section: Element }[] {
    return [...this.#slides.children]
      .filter((stack) => stack.tagName === 'SECTION')
      .flatMap((stack, h) => {
        const inner = [...stack.children].filter((child) => child.tagName === 'SECTION');
        return (inner.length > 0 ? inner : [stack]).map((section, v) => ({ h, v, section }));
      });
  }

  /** The notes of a slide as HTML; empty when it has none. */
  notesAt({ h, v }: Position): string {
    const slide = this.#all().find((one) => one.h === h && one.v === v);
    const asides = [...(slide?.section.querySelectorAll('aside.notes') ?? [])];
    return asides.map((aside) => aside.innerHTML).join('');
  }

  /** Which slide of how many, from 1. */
  countAt({ h, v }: Position): { number: number; of: number } {
    const all = this.#all();
    return { number: all.findIndex((one) => one.h === h && one.v === v) + 1, of: all.length };
  }
}
