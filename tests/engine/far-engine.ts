import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Engine } from '../../src/engine/engine.ts';
import { findEngine } from '../../src/engine/find-engine.ts';
import { makeCertificates } from './certificates.ts';
import { startTcpRelay } from './proxy.ts';
import { connectTestEngine, type TestBuilder } from './test-engine.ts';

/** To us every address but 127.0.0.1 is another machine. */
const HOST = '127.0.0.2';

/** The tests' engine at an address that is not this machine's, behind TLS or plainly. */
export async function connectFar(
  builder: TestBuilder = 'buildkit',
  isSecure = true,
): Promise<{ engine: Engine } & AsyncDisposable> {
  const near = await connectTestEngine(builder);
  near.close();
  const certificates = await makeCertificates(HOST);
  const [ca, cert, key] = await Promise.all(
    ['ca.pem', 'cert.pem', 'key.pem'].map(async (file) => readFile(path.join(certificates.folder, file))),
  );
  const tls = { ca: ca ?? Buffer.of(), cert: cert ?? Buffer.of(), key: key ?? Buffer.of() };
  const relay = await startTcpRelay(
    near.facts.endpoint.replace('unix://', ''),
    HOST,
    isSecure ? tls : undefined,
  );
  const env = {
    DOCKER_HOST: relay.address,
    ...(isSecure ? { DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: certificates.folder } : {}),
  };
  const found = await findEngine({ env });
  if (found.engine === undefined) throw found.problem;
  const { engine } = found;
  return {
    engine,
    [Symbol.asyncDispose]: async () => {
      engine.close();
      await relay[Symbol.asyncDispose]();
      await certificates[Symbol.asyncDispose]();
    },
  };
}
