import type { ServiceFacts } from './run-event.ts';

/** No project has as many: a broken recording must not make every fold a long search. */
const MAX_SERVICES = 100;

/** The services after news of one of them. */
export function withService(before: readonly ServiceFacts[], facts: ServiceFacts): ServiceFacts[] {
  const isSame = (one: ServiceFacts) => one.service === facts.service && one.number === facts.number;
  if (!before.some(isSame)) return [...before.slice(0, MAX_SERVICES), facts];
  return before.map((one) => (isSame(one) ? facts : one));
}
