import type { Attr, Div } from '../../ast.ts';
import { attrValue } from '../../ast.ts';
import type { Compilation } from '../../compilation.ts';
import { renderAttr } from '../../html/html-attributes.ts';
import { escapeAttribute } from '../../text/text.ts';

/** What a demo's div says about its panel. */
export interface DemoAttributes {
  name: string;
  views: string[];
  steps: string[];
  /** The project's folder, when it isn't under `demos/`. */
  src?: string;
}

export function demoAttributes(attr: Attr): DemoAttributes {
  const src = attrValue(attr, 'src');
  return {
    name: (attrValue(attr, 'name') ?? '').trim(),
    views: words(attr, 'views'),
    steps: words(attr, 'steps'),
    ...(src === undefined ? {} : { src }),
  };
}

function words(attr: Attr, key: string): string[] {
  return (attrValue(attr, key) ?? '').split(/[\s,]+/).filter((word) => word !== '');
}

/**
 * A live panel: the browser fills it, and until then (and in pandoc) it shows its fallback. Each step is an empty
 * fragment, so that reveal.js stops at it and the clicker drives the demo.
 */
export function renderDemo(cx: Compilation, token: Div): string {
  const { attr } = token;
  const demo = demoAttributes(attr);
  const own = new Set(['name', 'views', 'steps', 'src']);
  const pairs: [string, string][] = [
    ['data-name', demo.name],
    ['data-views', demo.views.join(' ')],
    ...(demo.steps.length > 0 ? ([['data-steps', demo.steps.join(' ')]] as [string, string][]) : []),
    ...attr.pairs.filter(([key]) => !own.has(key)),
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
