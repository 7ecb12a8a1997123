import http from 'node:http';

/**
 * Whether anything answers HTTP on this port of 127.0.0.1, whatever its status. A connection alone says nothing: the engine's
 * port forwarding accepts it before the app listens. HEAD, so that no app counts it as a visit.
 */
export async function probeHttp(port: number, path: string, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const request = http.request({
      method: 'HEAD',
      host: '127.0.0.1',
      port,
      path,
      agent: false,
      signal,
      timeout: 5000,
    });
    request.once('response', (answer) => {
      answer.destroy();
      resolve(true);
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(false));
    request.end();
  });
}
