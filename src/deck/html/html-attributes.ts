import type { Attr } from '../ast.ts';
import { escapeAttribute } from '../text/text.ts';

/** Attributes that HTML knows; any other key gains `data-` (rule 10). */
const KNOWN = new Set(
  (
    'abbr about accept accept-charset accesskey action allow allowfullscreen alt as async autocapitalize autocomplete ' +
    'autofocus autoplay charset checked cite class color cols colspan content contenteditable controls coords ' +
    'crossorigin data datatype datetime decoding default defer dir dirname disabled download draggable enctype enterkeyhint ' +
    'for form formaction formenctype formmethod formnovalidate formtarget headers height hidden high href hreflang ' +
    'http-equiv id imagesizes imagesrcset inputmode integrity is ismap itemid itemprop itemref itemscope itemtype ' +
    'kind label lang list loading loop low manifest max maxlength media method min minlength multiple muted name ' +
    'nomodule nonce novalidate open optimum pattern ping placeholder playsinline poster prefix preload property readonly ' +
    'referrerpolicy rel required resource rev reversed role rows rowspan sandbox scope selected shape size sizes slot span ' +
    'spellcheck src srcdoc srclang srcset start step style tabindex target title translate type typemustmatch typeof ' +
    'updateviacache usemap value vocab width workertype wrap'
  ).split(' '),
);

export function attributeName(key: string): string {
  if (KNOWN.has(key) || key.startsWith('data-') || key.startsWith('aria-')) return key;
  if (/^on[a-z]+$/.test(key) || key.includes(':') || key.startsWith('epub:')) return key;
  return `data-${key}`;
}

/** ` id="…" class="…" key="…"`. The first of two equal keys wins. */
export function renderAttr(attr: Attr): string {
  let html = attr.id === '' ? '' : ` id="${escapeAttribute(attr.id)}"`;
  if (attr.classes.length > 0) html += ` class="${escapeAttribute(attr.classes.join(' '))}"`;
  const seen = new Set<string>();
  for (const [key, value] of attr.pairs) {
    const name = attributeName(key);
    if (seen.has(name)) continue;
    seen.add(name);
    html += ` ${name}="${escapeAttribute(value)}"`;
  }
  return html;
}
