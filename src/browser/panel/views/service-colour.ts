import { SERVICE_COLOURS, colourIndexOf } from '../../../demo/run/service-colour.ts';

/** A service's colour on the page: the one that its name has in the terminal. */
export function serviceColour(service: string): string {
  return `var(--service-${SERVICE_COLOURS[colourIndexOf(service)] ?? 36})`;
}
