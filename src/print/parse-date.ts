const MONTHS = 'january february march april may june july august september october november december'.split(
  ' ',
);

/** A deck's date, as authors write it: `2026-05-01`, `2026-05`, `2026`, `1 May 2026`, `May 1, 2026`, `May 2026`. */
export function parseDate(text: string): Date | undefined {
  const plain = text.trim();
  const iso = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(plain);
  if (iso !== null) return toDate(iso[1], Number(iso[2] ?? 1), iso[3]);
  const words = /^(?:(\d{1,2})\.? )?([a-z]+)\.?(?: (\d{1,2}),?)? (\d{4})$/i.exec(plain.replace(/\s+/g, ' '));
  if (words === null) return undefined;
  const name = words[2]?.toLowerCase() ?? '';
  const month = name.length < 3 ? 0 : MONTHS.findIndex((one) => one.startsWith(name)) + 1;
  return month === 0 ? undefined : toDate(words[4], month, words[1] ?? words[3]);
}

/** Undefined for a day that is not in the calendar. */
function toDate(year: string | undefined, month: number, day = '1'): Date | undefined {
  const date = new Date(Date.UTC(Number(year), month - 1, Number(day)));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === Number(day) ? date : undefined;
}
