import http from 'node:http';

/** What an app that just answers may send before the connection is closed. */
const MAX_READ = 64 * 1024;

export interface Probe {
  /** Of 127.0.0.1. */
  port: number;
  path: string;
  /** The name that the app is asked by. */
  host: string;
}

/**
 * The status that HTTP is answered with on this port; undefined when nobody does. A connection alone says nothing: the engine's
 * port forwarding accepts it before the app listens. HEAD first, which most apps don't count as a visit; GET decides where HEAD
 * is refused, or gets no answer. It takes as long as the app takes.
 */
export async function probeHttp(probe: Probe, signal: AbortSignal): Promise<number | undefined> {
  const status = await ask('HEAD', probe, signal);
  return status === undefined || status >= 400 ? ask('GET', probe, signal) : status;
}

/** With GET alone, for an app that may never answer to HEAD. */
export async function probeByGet(probe: Probe, signal: AbortSignal): Promise<number | undefined> {
  return ask('GET', probe, signal);
}

function ask(
  method: 'HEAD' | 'GET',
  { port, path, host }: Probe,
  signal: AbortSignal,
): Promise<number | undefined> {
  return new Promise((resolve) => {
    const headers = {
      Host: host,
      Accept: 'text/html,*/*;q=0.8',
      'User-Agent': 'Deckhand',
      Connection: 'close',
    };
    const asked = { method, host: '127.0.0.1', port, path, headers, agent: false, signal };
    const request = http.request(asked, (answer) => {
      resolve(answer.statusCode);
      // Read, so that the app can end what it began; a long one is left.
      let size = 0;
      answer.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > MAX_READ) answer.destroy();
      });
      answer.on('error', () => answer.destroy());
      answer.setTimeout(2000, () => answer.destroy());
    });
    request.on('error', () => resolve(undefined));
    // Ended without an answer, or changed to another protocol.
    request.on('close', () => resolve(undefined));
    request.end();
  });
}
