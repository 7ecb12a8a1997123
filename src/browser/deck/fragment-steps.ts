/** A slide's fragments step by step, in reveal.js's order: those with an index first, equal ones together, then the others one by one. */
export function fragmentSteps<E extends Element>(fragments: Iterable<E>): E[][] {
  const single: E[][] = [];
  const indexed = new Map<number, E[]>();
  for (const fragment of fragments) {
    const index = Number.parseInt(fragment.getAttribute('data-fragment-index') ?? '', 10);
    if (Number.isNaN(index)) single.push([fragment]);
    else indexed.set(index, [...(indexed.get(index) ?? []), fragment]);
  }
  const groups = [...indexed].toSorted(([a], [b]) => a - b).map(([, group]) => group);
  return [...groups, ...single];
}

/** Writes each fragment's step onto it, as reveal.js does when it starts. */
export function numberFragments(slide: Element): void {
  for (const [step, group] of fragmentSteps(slide.querySelectorAll('.fragment')).entries()) {
    for (const fragment of group) fragment.setAttribute('data-fragment-index', String(step));
  }
}
