/**
 * Which closing marks a text does not have: found out once, so that a thousand opening ones are not each followed to the text's
 * end. A place is what is left of the text there, because tokenizers only know that.
 */
export class Unclosed {
  private readonly missing = new Map<string, { from: number; to: number }>();

  /** Whether it is known that `mark` does not come in the last `left` characters. */
  has(mark: string, left: number): boolean {
    const known = this.missing.get(mark);
    return known !== undefined && left <= known.from && left > known.to;
  }

  /** `mark` was looked for in the last `left` characters, down to the last `end`, and did not come. */
  add(mark: string, left: number, end = -1): void {
    this.missing.set(mark, { from: left, to: end });
  }
}
