/** Of the services of a demo, each in its own: ANSI colours. */
export const SERVICE_COLOURS = [36, 33, 35, 32, 34, 96, 93, 95, 92, 94] as const;

/** The same one for a name everywhere: in the terminal, in the logs and on the map. */
export function colourIndexOf(service: string): number {
  let sum = 0;
  for (const letter of service) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return sum % SERVICE_COLOURS.length;
}
