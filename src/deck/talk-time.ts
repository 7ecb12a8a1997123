/**
 * Milliseconds of a time in a talk: `45` or `45m` minutes, `90s`, `1h30m`, `1:30` as on a clock. Undefined when it is none
 * of these.
 */
export function parseTalkTime(value: unknown): number | undefined {
  const text = String(value).replace(/\s+/g, '').toLowerCase();
  if (/^\d+(?:\.\d+)?$/.test(text)) return positive(Number(text) * MINUTE_MS);
  const clock = /^(?:(?<h>\d+):)?(?<m>\d{1,3}):(?<s>[0-5]\d)$/.exec(text)?.groups;
  if (clock !== undefined) {
    const [h, m, s] = [clock['h'] ?? 0, clock['m'], clock['s']].map(Number);
    return positive(((h ?? 0) * 3600 + (m ?? 0) * 60 + (s ?? 0)) * 1000);
  }
  const units = /^(?:(?<h>\d+(?:\.\d+)?)h)?(?:(?<m>\d+(?:\.\d+)?)m(?:in)?)?(?:(?<s>\d+(?:\.\d+)?)s)?$/.exec(
    text,
  )?.groups;
  if (units === undefined || text === '') return undefined;
  const [h, m, s] = [units['h'], units['m'], units['s']].map((part) => Number(part ?? 0));
  return positive((h ?? 0) * 3_600_000 + (m ?? 0) * MINUTE_MS + (s ?? 0) * 1000);
}

const MINUTE_MS = 60_000;

function positive(ms: number): number | undefined {
  return ms > 0 ? ms : undefined;
}
