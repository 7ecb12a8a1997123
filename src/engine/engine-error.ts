/** The engine said no, or could not be reached. `status` is its HTTP status; 0 when it did not answer. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly status: number;

  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }

  /** The engine's host had no room for what was asked. */
  get isDiskFull(): boolean {
    return saysDiskFull(this.message);
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
  /** The step found no room on the engine's disk. */
  readonly isDiskFull: boolean;

  constructor(message: string, line: number | undefined, isDiskFull = false) {
    super(message);
    this.line = line;
    this.isDiskFull = isDiskFull;
  }
}

/** What the operating system says to every program: errno(3), ENOSPC. */
export function saysDiskFull(text: string): boolean {
  return /no space left on device/iu.test(text);
}
