import { html, nothing, type TemplateResult } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import type { RunView, SourceView, StepView } from '../../../demo/run/run-view.ts';
import { colourDockerfile } from './colour-dockerfile.ts';
import { toDuration, toSize } from './to-duration.ts';

/** Steps that only write down a setting take no time that anybody sees. */
const SHOWN_MS = 50;
/** How many times as long the earlier build must have taken for the cache to be worth a word. */
const NOTEWORTHY = 1.5;

/** The Dockerfile as it is; the line that builds is lit, each finished line shows what it cost. */
export function dockerfileView(view: RunView, atRest: SourceView[]): TemplateResult {
  const source = view.sources[0] ?? atRest[0];
  if (source === undefined) return html`<div class="dockerfile"></div>`;
  const steps = view.steps.filter((step) => step.service === source.service);
  const longest = Math.max(1, ...steps.map((step) => step.ms ?? 0));
  const lines = colourDockerfile(source.text);
  return html`<div class="dockerfile">
    <ol class="dockerfile-lines" tabindex="0" aria-label="Dockerfile">
      ${lines.map((line, i) => lineView(line, i + 1, { source, steps, longest, failedLine: view.error?.line }))}
    </ol>
    ${summary(steps, view.earlierBuildMs)}
  </div>`;
}

interface LineContext {
  source: SourceView;
  steps: StepView[];
  /** Of the slowest step, in ms: its bar is full. */
  longest: number;
  failedLine: number | undefined;
}

function lineView(coloured: string, number: number, context: LineContext): TemplateResult {
  const { steps, longest, failedLine } = context;
  const starts = steps.find((step) => step.line === number);
  const within = starts ?? continued(number, context);
  const state = failedLine === number ? 'failed' : (within?.state ?? 'waiting');
  const share = starts?.ms === undefined || starts.ms < SHOWN_MS ? 0 : Math.max(0.02, starts.ms / longest);
  return html`<li data-state=${state}>
    <code>${unsafeHTML(coloured === '' ? ' ' : coloured)}</code>
    ${starts === undefined ? nothing : html`<span class="step-cost">${cost(starts)}</span>`}
    ${
      share === 0 || starts?.state === 'cached'
        ? nothing
        : html`<i class="step-bar" style="width:${(share * 100).toFixed(1)}%"></i>`
    }
  </li>`;
}

/** The instruction that this line goes on with, by the backslash that ends the line before. */
function continued(number: number, { source, steps }: LineContext): StepView | undefined {
  const lines = source.text.split('\n');
  let start = number;
  while (start > 1 && /\\\s*$/.test(lines[start - 2] ?? '')) start -= 1;
  return start === number ? undefined : steps.find((step) => step.line === start);
}

function cost(step: StepView): string {
  const size = step.layerBytes === undefined || step.layerBytes === 0 ? '' : ` · ${toSize(step.layerBytes)}`;
  switch (step.state) {
    case 'running':
      return '…';
    case 'cached':
      return `cached${size}`;
    case 'failed':
      return 'failed';
    case 'done':
      return `${step.ms === undefined || step.ms < SHOWN_MS ? 'done' : toDuration(step.ms)}${size}`;
  }
}

function summary(steps: StepView[], earlierMs: number | undefined): TemplateResult | typeof nothing {
  const finished = steps.filter((step) => step.state === 'done' || step.state === 'cached');
  const [first] = steps;
  if (first === undefined || finished.length < steps.length || finished.length < first.of) return nothing;
  const ms = steps.reduce((sum, step) => sum + (step.ms ?? 0), 0);
  const cached = steps.filter((step) => step.state === 'cached').length;
  const words = cached === 0 ? 'nothing from the cache' : `${cached} of ${steps.length} from the cache`;
  if (earlierMs !== undefined && cached > 0 && earlierMs > ms * NOTEWORTHY) {
    return html`<p class="dockerfile-sum">
      <b>${toDuration(earlierMs)}, then ${toDuration(ms)}</b>: ${words}
    </p>`;
  }
  return html`<p class="dockerfile-sum">${steps.length} steps, ${toDuration(ms)}, ${words}</p>`;
}

/** A long Dockerfile follows the line that builds; when none does, the author's scrolling is left alone. */
export function showRunningLine(panel: HTMLElement): void {
  const list = panel.querySelector<HTMLElement>('.dockerfile-lines');
  const running = list?.querySelectorAll<HTMLElement>('li[data-state="running"]');
  const last = running?.[running.length - 1];
  if (list === null || last === undefined) return;
  // Not scrollIntoView: that would move the deck as well.
  const below = last.offsetTop + last.offsetHeight - (list.scrollTop + list.clientHeight);
  if (below > 0) list.scrollTop += below;
  else if (last.offsetTop < list.scrollTop) list.scrollTop = last.offsetTop;
}
