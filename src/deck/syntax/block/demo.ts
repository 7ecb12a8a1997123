import type { Attr, Div } from '../../ast.ts';
import { attrValue } from '../../ast.ts';
import type { Compilation } from '../../compilation.ts';
import { renderAttr } from '../../html/html-attributes.ts';
import { escapeAttribute } from '../../text/text.ts';
import { parseLayout, viewsIn, type ViewLayout } from './view-layout.ts';

/** What a demo's div says about its panel. */
export interface DemoAttributes {
  name: string;
  views: string[];
  /** How they stand beside and above each other, when `views` says so. */
  layout?: ViewLayout;
  /** What is wrong with that, as half a sentence. */
  layoutProblem?: string;
  steps: string[];
  /** The project's folder, when it isn't under `demos/`. */
  src?: string;
  /** What it says of that project, in x-demo's words. */
  settings: Record<string, string>;
}

/** Of a project that `src` names: they need not stand in its files. */
const SETTINGS = ['title', 'app', 'budget', 'fallback'];

export function demoAttributes(attr: Attr): DemoAttributes {
  const src = attrValue(attr, 'src');
  return {
    name: (attrValue(attr, 'name') ?? '').trim(),
    ...readViews(attrValue(attr, 'views') ?? ''),
    steps: words(attr, 'steps'),
    ...(src === undefined ? {} : { src }),
    settings: Object.fromEntries(
      SETTINGS.flatMap((key) => {
        const value = attrValue(attr, key);
        return value === undefined ? [] : [[key, value]];
      }),
    ),
  };
}

/** `dockerfile app`, or a layout: then its views in their order. */
function readViews(written: string): Pick<DemoAttributes, 'views' | 'layout' | 'layoutProblem'> {
  if (!/[()|]|(?:^|\s)\/(?:\s|$)/.test(written)) return { views: splitWords(written) };
  const reading = parseLayout(written);
  if ('layout' in reading) return { views: viewsIn(reading.layout), layout: reading.layout };
  return {
    views: splitWords(written.replace(/[()|]|(?<=\s)\/(?=\s)/g, ' ')),
    layoutProblem: reading.problem,
  };
}

function words(attr: Attr, key: string): string[] {
  return splitWords(attrValue(attr, key) ?? '');
}

function splitWords(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== '');
}

/**
 * A live panel: the browser fills it, and until then (and in pandoc) it shows its fallback. Each step is an empty
 * fragment, so that reveal.js stops at it and the clicker drives the demo.
 */
export function renderDemo(cx: Compilation, token: Div): string {
  const { attr } = token;
  const demo = demoAttributes(attr);
  const own = new Set(['name', 'views', 'steps', 'src', ...(demo.src === undefined ? [] : SETTINGS)]);
  const pairs: [string, string][] = [
    ['data-name', demo.name],
    ['data-views', demo.views.join(' ')],
    ...(demo.layout === undefined
      ? []
      : ([['data-layout', JSON.stringify(demo.layout)]] as [string, string][])),
    ...(demo.steps.length > 0 ? ([['data-steps', demo.steps.join(' ')]] as [string, string][]) : []),
    ...attr.pairs
      .filter(([key]) => !own.has(key))
      .map(([key, value]): [string, string] => [key === 'highlight' ? 'data-highlight' : key, value]),
  ];
  return `<div${renderAttr({ ...attr, pairs })}>\n${cx.renderBlocks(token.tokens)}${renderSteps(demo.steps)}</div>\n`;
}

/** Empty fragments: reveal.js stops at each. */
export function renderSteps(steps: readonly string[]): string {
  return steps
    .map(
      (step) =>
        `<span class="fragment demo-step" data-step="${escapeAttribute(step)}" aria-hidden="true"></span>\n`,
    )
    .join('');
}
