import './panel-layout.css';
import { html, type TemplateResult } from 'lit';

/** Views side by side and above each other, as the compiler has read them from `views`. */
export type PanelLayout = string | { beside: PanelLayout[] } | { above: PanelLayout[] };

/** Each view in a place of its own. */
export function panelLayout(layout: PanelLayout, draw: (view: string) => TemplateResult): TemplateResult {
  if (typeof layout === 'string') return html`<div class="layout-view">${draw(layout)}</div>`;
  const parts = 'beside' in layout ? layout.beside : layout.above;
  return html`<div class="layout" data-direction=${'beside' in layout ? 'beside' : 'above'}>
    ${parts.map((part) => panelLayout(part, draw))}
  </div>`;
}
