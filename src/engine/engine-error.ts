/** The engine said no, or could not be reached. `status` is its HTTP status; 0 when it did not answer. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly status: number;

  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }

  /** Nobody answered at the other end. */
  get isUnreachable(): boolean {
    return this.status === 0;
  }
}

/** A build that the engine carried out and that failed. */
export class BuildFailure extends Error {
  override readonly name = 'BuildFailure';
  /** The Dockerfile's line, when it is one instruction's fault. */
  readonly line: number | undefined;

  constructor(message: string, line: number | undefined, options?: ErrorOptions) {
    super(message, options);
    this.line = line;
  }
}
