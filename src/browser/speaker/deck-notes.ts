import type { Position } from '../../stage/stage-state.ts';
import { cleanNewHtml } from '../boot/taken-names.ts';
import type { PlannedSlide, TalkPlan } from '../../stage/talk-plan.ts';
import { fragmentSteps } from '../deck/fragment-steps.ts';
import { addLineSteps } from '../deck/line-steps.ts';
import { fragmentNotes, slideNotes, toShownHtml } from './written-notes.ts';

/** Characters of a slide's text that say which one it is. */
const LONGEST_NAME = 60;

/** Notes of a slide, and whether they are meant for the step that shows. */
export interface StepNotes {
  html: string;
  isNow: boolean;
}

/** The deck's slides as the speaker view needs them: titles, times, demos and notes, not layout. */
export class DeckNotes {
  plan: TalkPlan;
  #slides: DocumentFragment;

  constructor(plan: TalkPlan) {
    const template = document.querySelector<HTMLTemplateElement>('template#deck');
    this.plan = plan;
    this.#slides = template?.content ?? document.createDocumentFragment();
    cleanNewHtml(this.#slides);
    addLineSteps(this.#slides);
  }

  /** Takes the deck that is up now. */
  async reload(): Promise<void> {
    const response = await fetch('/api/deck').catch(() => undefined);
    if (response === undefined || !response.ok) return;
    const { stacks, plan } = (await response.json()) as { stacks: string[]; plan: TalkPlan };
    const template = document.createElement('template');
    template.innerHTML = stacks.join('\n');
    addLineSteps(template.content);
    this.#slides = template.content;
    cleanNewHtml(this.#slides);
    this.plan = plan;
  }

  /** A slide's section, found as reveal.js counts. */
  #sectionAt({ h, v }: Pick<Position, 'h' | 'v'>): HTMLElement | undefined {
    const stack = sectionsIn(this.#slides)[h];
    const inner = stack === undefined ? [] : sectionsIn(stack);
    return inner.length > 0 ? inner[v] : stack;
  }

  /**
   * The notes of a slide. Those that stood behind a pause are meant from there on; the newest of these, and those that stood
   * before any pause as long as none came, are for now. A step's own come first while it is the last one taken.
   */
  notesAt(position: Position): StepNotes[] {
    const section = this.#sectionAt(position);
    if (section === undefined) return [];
    const steps = fragmentSteps(section.querySelectorAll<HTMLElement>('.fragment'));
    const own = (steps[position.f] ?? []).flatMap(fragmentNotes);
    const notes = slideNotes(section);
    const shown = pausesIn(section, steps.slice(0, position.f + 1));
    const after = (note: HTMLElement) => Number(note.dataset['afterPause'] ?? 0);
    const newest = Math.max(0, ...notes.map(after).filter((pause) => pause <= shown));
    const isNow = (note: HTMLElement) => own.length === 0 && after(note) === newest;
    return [
      ...own.map((note) => ({ html: toShownHtml(note), isNow: true })),
      ...notes.map((note) => ({ html: toShownHtml(note), isNow: isNow(note) })),
    ];
  }

  /** What a list calls a slide: its title, or what is on it. */
  nameOf({ h, v, title }: PlannedSlide): string {
    const section = this.#sectionAt({ h, v });
    if (title !== '' || section === undefined) return title;
    const shown = section.cloneNode(true) as Element;
    for (const notes of shown.querySelectorAll('aside.notes')) notes.remove();
    const text = (shown.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
    const picture =
      shown.querySelector('img')?.getAttribute('src') ?? section.getAttribute('data-background-image');
    const file = picture?.split('/').at(-1) ?? 'Untitled';
    return text === '' ? file : text.slice(0, LONGEST_NAME);
  }

  /** Names of the demos on a slide. */
  demosAt(position: Position): string[] {
    const demos = this.#sectionAt(position)?.querySelectorAll<HTMLElement>('.demo') ?? [];
    return [...new Set([...demos].map((demo) => demo.dataset['name'] ?? ''))];
  }

  /** Which slide of how many, from 1. */
  countAt({ h, v }: Position): { number: number; of: number } {
    const { slides } = this.plan;
    const here = slides.find((slide) => slide.h === h && slide.v === v);
    return { number: here?.number ?? 0, of: slides.at(-1)?.number ?? 0 };
  }
}

/** How many of these steps are the slide's pauses. */
function pausesIn(section: Element, steps: readonly Element[][]): number {
  return steps.flat().filter((one) => one.parentElement === section && one.matches('div')).length;
}

function sectionsIn(parent: ParentNode): HTMLElement[] {
  return [...parent.children].filter((child): child is HTMLElement => child.localName === 'section');
}
