/** How long a press waits for the one before it, in ms: by then that has arrived, even if its work goes on. */
const ARRIVES_MS = 150;

/** Keys are pressed faster than answers come, and requests overtake each other: each is sent when the one before has arrived. */
export class InTurn {
  #arrived: Promise<unknown> = Promise.resolve();

  /** Calls `send` in its turn; resolves or rejects as that does. */
  run(send: () => Promise<void>): Promise<void> {
    const sent = this.#arrived.then(() => ({ done: send() }));
    this.#arrived = sent.then(({ done }) => Promise.race([done.catch(() => {}), arrived()]));
    return sent.then(({ done }) => done);
  }
}

function arrived(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ARRIVES_MS));
}
