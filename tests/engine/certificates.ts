import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from '../machine/shell.ts';

/**
 * A folder with `ca.pem`, `cert.pem` and `key.pem`, as DOCKER_CERT_PATH wants it: one certificate of its own authority for `host`, good for
 * both ends.
 */
export async function makeCertificates(host: string): Promise<{ folder: string } & AsyncDisposable> {
  const folder = await mkdtemp(path.join(tmpdir(), 'deckhand-certificates-'));
  const inFolder = { cwd: folder };
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const authority = ['-x509', '-keyout', 'ca-key.pem', '-out', 'ca.pem', '-subj', '/CN=test'];
  await run('openssl', ['req', ...key, ...authority], inFolder);
  const names = ['-addext', `subjectAltName=IP:${host}`];
  const request = ['-keyout', 'key.pem', '-out', 'request.pem', '-subj', '/CN=engine', ...names];
  await run('openssl', ['req', ...key, ...request], inFolder);
  const signer = ['-CA', 'ca.pem', '-CAkey', 'ca-key.pem', '-CAcreateserial', '-copy_extensions', 'copy'];
  await run('openssl', ['x509', '-req', '-in', 'request.pem', ...signer, '-out', 'cert.pem'], inFolder);
  return { folder, [Symbol.asyncDispose]: async () => rm(folder, { recursive: true, force: true }) };
}
