import { spawn } from 'node:child_process';
import { Agent } from 'node:http';
import { Duplex } from 'node:stream';

/**
 * HTTP over `ssh HOST docker system dial-stdio`, as the docker command does it: the user's own ssh, with its keys, agent,
 * known hosts and configuration. Source: docker/cli, cli/connhelper.
 */
export function createSshAgent(target: string, port: number | undefined): Agent {
  const agent = new Agent({ keepAlive: true });
  const portArgs = port === undefined ? [] : ['-p', String(port)];
  // BatchMode: a question for a password can't be answered here, and would hang.
  const args = ['-T', '-o', 'BatchMode=yes', '-o', 'ConnectTimeout=10', ...portArgs, '--', target];
  return Object.assign(agent, {
    createConnection: () => dial([...args, 'docker', 'system', 'dial-stdio']),
  });
}

function dial(args: string[]): Duplex {
  const child = spawn('ssh', args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2000)));
  const connection = Duplex.from({ readable: child.stdout, writable: child.stdin });
  child.once('error', (error) => connection.destroy(error));
  child.once('close', (status) => {
    if (status !== 0) connection.destroy(new Error(said.trim() || `ssh ended with ${String(status)}`));
  });
  connection.once('close', () => child.kill());
  return socketLike(connection);
}

/** What node:http calls on a socket and a Duplex has not. */
function socketLike(connection: Duplex): Duplex {
  const nothing = (): Duplex => connection;
  return Object.assign(connection, {
    setKeepAlive: nothing,
    setNoDelay: nothing,
    setTimeout: nothing,
    ref: nothing,
    unref: nothing,
  });
}
