import type { Duplex } from 'node:stream';
import { openExec } from '../exec.ts';
import type { HttpApi } from '../http-api.ts';
import { CarriedStream } from './carried-stream.ts';
import type { RelayProgram } from './relay-programs.ts';

/** Starting a program in a container takes a tenth of a second, which a page's pictures should not wait for. */
const SPARES = 3;

/** A container on a network of a remote engine that carries connections to its neighbours. */
export class Relay {
  readonly #api: HttpApi;
  readonly #id: string;
  readonly #program: RelayProgram;
  #spares: Promise<Duplex>[] = [];
  #isClosed = false;

  constructor(api: HttpApi, id: string, program: RelayProgram) {
    this.#api = api;
    this.#id = id;
    this.#program = program;
    this.#fill();
  }

  /** A connection to a port of an address in the relay's network. */
  async dial(host: string, port: number): Promise<Duplex> {
    const stream = new CarriedStream(await this.#take());
    stream.write(`${host} ${port}`);
    return stream;
  }

  close(): void {
    this.#isClosed = true;
    for (const spare of this.#spares) void spare.then((exec) => exec.destroy()).catch(() => {});
    this.#spares = [];
  }

  async #take(): Promise<Duplex> {
    const spare = this.#spares.shift();
    this.#fill();
    const exec = await spare?.catch(() => undefined);
    return exec === undefined || exec.destroyed || exec.readableEnded ? this.#start() : exec;
  }

  #fill(): void {
    while (!this.#isClosed && this.#spares.length < SPARES) {
      const spare = this.#start();
      // Whoever takes it is told.
      spare.catch(() => {});
      this.#spares.push(spare);
    }
  }

  async #start(): Promise<Duplex> {
    return openExec(this.#api, this.#id, this.#program.carry);
  }
}
