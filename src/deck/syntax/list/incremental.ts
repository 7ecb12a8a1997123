import type { Compilation } from '../../compilation.ts';

/** Renders with list items as steps, or not (rule 16). */
export function withIncremental(cx: Compilation, incremental: boolean, render: () => string): string {
  const outer = cx.render.incremental;
  cx.render.incremental = incremental;
  const html = render();
  cx.render.incremental = outer;
  return html;
}
