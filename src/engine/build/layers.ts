import type { Dockerfile, Instruction } from './dockerfile.ts';

/** One entry of an image's history, as the engine gives it: newest first. */
export interface HistoryEntry {
  createdBy: string;
  size: number;
}

/**
 * Which instruction made how many bytes. The last stage's instructions are matched with the history from its end; what is
 * left is the base image, and counts for FROM. An entry that doesn't fit its instruction ends the matching.
 */
export function toLayers(
  dockerfile: Dockerfile,
  stage: number,
  history: readonly HistoryEntry[],
): Map<number, number> {
  const own = dockerfile.instructions.filter((instruction) => instruction.stage === stage);
  const [from, ...rest] = own;
  const sizes = new Map<number, number>();
  let next = 0;
  for (const instruction of rest.toReversed()) {
    // Engines add entries of their own: labels that were asked for outside the Dockerfile.
    while (next < history.length && !isMadeBy(history[next], instruction)) {
      if (!isLabel(history[next])) return sizes;
      next += 1;
    }
    const entry = history[next];
    if (entry === undefined) return sizes;
    sizes.set(instruction.step, entry.size);
    next += 1;
  }
  if (from === undefined) return sizes;
  sizes.set(
    from.step,
    history.slice(next).reduce((sum, entry) => sum + entry.size, 0),
  );
  return sizes;
}

function isLabel(entry: HistoryEntry | undefined): boolean {
  return /^(?:\S*sh -c #\(nop\)\s+)?LABEL /u.test(entry?.createdBy ?? '');
}

/** BuildKit writes `RUN /bin/sh -c …` and `COPY . . # buildkit`; the classic builder `/bin/sh -c #(nop) COPY …`. */
function isMadeBy(entry: HistoryEntry | undefined, instruction: Instruction): boolean {
  const by = entry?.createdBy ?? '';
  const written =
    /^\S*sh -c #\(nop\)\s+(?<verb>[A-Z]+)/u.exec(by)?.groups?.['verb'] ?? /^[A-Z]+(?= )/u.exec(by)?.[0];
  if (written !== undefined) return written === instruction.verb;
  // The classic builder's RUN is the bare command; so is Podman's.
  return instruction.verb === 'RUN';
}
