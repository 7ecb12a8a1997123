import type { TooWide } from '../../stage/print-report.ts';

/** A table that is shrunk more can't be read from the back row: its words break instead, and may be larger then. */
const SMALLEST_TABLE = 0.6;
const WITH_BROKEN_WORDS = 0.75;

/** Draws tables that are wider than their slide smaller, and where that is not enough breaks their words. Never cuts a column off. */
export function fitTables(slide: HTMLElement): TooWide[] {
  return [...slide.querySelectorAll('table')].flatMap((table) => {
    table.style.removeProperty('--table-scale');
    table.classList.remove('with-broken-words');
    const room = table.parentElement?.clientWidth ?? 0;
    const width = table.offsetWidth;
    if (room === 0 || width <= room + 1) return [];
    const draw = (scale: number) => table.style.setProperty('--table-scale', String(scale));
    let scale = Math.max(SMALLEST_TABLE, (room / width) * 0.98);
    draw(scale);
    if (table.offsetWidth > room + 1) {
      table.classList.add('with-broken-words');
      scale = WITH_BROKEN_WORDS;
      draw(scale);
    }
    return [{ what: 'table' as const, pixels: width - room, scale }];
  });
}
