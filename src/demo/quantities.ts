/** Milliseconds of `90s`, `1m30s`, `500ms`, `1.5h`; undefined when it is no duration. Source: Go's time.ParseDuration. */
export function parseDuration(text: string): number | undefined {
  if (!/^(?:\d+(?:\.\d+)?(?:us|ms|s|m|h))+$/u.test(text)) return undefined;
  const parts = text.matchAll(/(?<number>\d+(?:\.\d+)?)(?<unit>us|ms|s|m|h)/gu);
  let ms = 0;
  for (const { groups } of parts) ms += Number(groups?.['number']) * (MS.get(groups?.['unit'] ?? '') ?? 0);
  return ms;
}

const MS = new Map([
  ['us', 0.001],
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
]);

/** Bytes of `512m`, `4gb`, `1.5G`, `1048576`; undefined when it is no size. Source: docker/go-units, RAMInBytes. */
export function parseBytes(text: string): number | undefined {
  const groups = /^(?<number>\d+(?:\.\d+)?) ?(?<unit>[kmgt]?)(?:i?b)?$/iu.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const power = ['', 'k', 'm', 'g', 't'].indexOf((groups['unit'] ?? '').toLowerCase());
  return Math.floor(Number(groups['number']) * 1024 ** power);
}

/** `512 MB`, `4 GB`: as a person says it. */
export function toSize(bytes: number): string {
  const gigabytes = bytes / 1024 ** 3;
  return gigabytes >= 1 ? `${Number(gigabytes.toFixed(1))} GB` : `${Math.round(bytes / 1024 ** 2)} MB`;
}
