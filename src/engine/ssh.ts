import { type ChildProcess, spawn } from 'node:child_process';
import { Agent } from 'node:http';
import { Duplex } from 'node:stream';

export interface SshTarget {
  /** `user@host`, or a host of the user's ssh configuration. */
  target: string;
  port?: number;
}

/**
 * HTTP over `ssh HOST docker system dial-stdio`, as the docker command does it: the user's own ssh, with its keys, agent,
 * known hosts and configuration. Source: docker/cli, cli/connhelper.
 */
export function createSshAgent(ssh: SshTarget, keepAlive: boolean): Agent {
  const agent = new Agent({ keepAlive });
  return Object.assign(agent, {
    createConnection: () => dialSsh(ssh, [], ['docker', 'system', 'dial-stdio']),
  });
}

/** A connection to a port of the other machine's loopback. Source: ssh(1), `-W`. */
export function dialPort(ssh: SshTarget, port: number): Duplex {
  return dialSsh(ssh, ['-W', `127.0.0.1:${port}`], []);
}

function dialSsh({ target, port }: SshTarget, options: string[], command: string[]): Duplex {
  const portOption = port === undefined ? [] : ['-p', String(port)];
  // BatchMode: a question for a password can't be answered here, and would hang.
  const common = ['-T', '-o', 'BatchMode=yes', '-o', 'ConnectTimeout=10', ...portOption];
  return new ProcessStream(spawn('ssh', [...common, ...options, '--', target, ...command]));
}

/** A process's input and output as one stream. When it fails, the error is what it printed. */
class ProcessStream extends Duplex {
  readonly #child: ReturnType<typeof spawn>;
  #said = '';

  constructor(child: ChildProcess) {
    super();
    this.#child = child;
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#said = (this.#said + text).slice(-2000);
    });
    child.stdout?.on('data', (chunk) => {
      if (!this.push(chunk)) child.stdout?.pause();
    });
    // A process that ended has a reason, which `close` brings; that its input is closed is only a consequence.
    child.stdin?.on('error', () => {});
    child.once('error', (error) => this.destroy(error));
    child.once('close', (status) => {
      if (status === 0) this.push(null);
      else this.destroy(new Error(this.#said.trim() || `ssh ended with ${String(status)}`));
    });
  }

  override _read(): void {
    this.#child.stdout?.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    // An error is told by `close`, in the process's own words.
    if (this.#child.stdin?.write(chunk) === false) this.#child.stdin.once('drain', done);
    else done();
  }

  override _final(done: () => void): void {
    this.#child.stdin?.end();
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#child.kill();
    done(error);
  }

  // What node:http calls on a socket, and a stream has not.
  setKeepAlive = (): this => this;
  setNoDelay = (): this => this;
  setTimeout = (): this => this;
  ref = (): this => this;
  unref = (): this => this;
}
