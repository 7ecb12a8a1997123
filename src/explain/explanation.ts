/** What a message's code stands for, for somebody who has met it for the first time. */
export interface Explanation {
  code: string;
  /** What it means and why it matters, in a sentence or two. */
  means: string;
  /** The shortest thing that has this fault, and the same without it. Absent where the fault is not in the text. */
  wrong?: string;
  right?: string;
}
