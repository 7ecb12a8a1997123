/**
 * The shortest text made of `text` by leaving out lines and then words, that still `differs`. Asks at most
 * `tries` times.
 */
export async function minimise(
  text: string,
  differs: (candidate: string) => Promise<boolean>,
  tries = 150,
): Promise<string> {
  const budget = { left: tries };
  let best = text;
  for (const pattern of [/(?<=\n)/, /(?<= )|(?=[ \n])/]) {
    best = await withoutParts(best, pattern, differs, budget);
  }
  return best;
}

/** Leaves out runs of parts, long ones first. */
async function withoutParts(
  text: string,
  pattern: RegExp,
  differs: (candidate: string) => Promise<boolean>,
  budget: { left: number },
): Promise<string> {
  let parts = text.split(pattern);
  for (let size = Math.ceil(parts.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < parts.length && budget.left > 0;) {
      const candidate = [...parts.slice(0, at), ...parts.slice(at + size)];
      budget.left--;
      if (candidate.length < parts.length && (await differs(candidate.join('')))) parts = candidate;
      else at += size;
    }
  }
  return parts.join('');
}
