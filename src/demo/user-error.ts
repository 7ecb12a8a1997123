/** Something that the user can put right: printed as message and hint, without a stack. Anything else is a bug. */
export class UserError extends Error {
  override readonly name = 'UserError';
  /** Stable, kebab-case, for scripts: `no-engine`. */
  readonly code: string;
  /** What to do next, in a sentence. */
  readonly hint: string;

  constructor(code: string, message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.hint = hint;
  }
}
