import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Endpoint, parseEndpoint, type TlsOptions } from './endpoint.ts';

/**
 * Where the docker command's current context points, if it is not the default one.
 * Source: docker/cli, cli/context/store: `~/.docker/contexts/meta/<sha256 of the name>/meta.json`.
 */
export async function readDockerContext(
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<{ name: string; endpoint: Endpoint } | undefined> {
  const name =
    env['DOCKER_CONTEXT'] ?? stringAt(await readJson(path.join(folder, 'config.json')), 'currentContext');
  if (name === undefined || name === '' || name === 'default') return undefined;
  const id = createHash('sha256').update(name).digest('hex');
  const meta = await readJson(path.join(folder, 'contexts', 'meta', id, 'meta.json'));
  const docker = at(at(meta, 'Endpoints'), 'docker');
  const host = stringAt(docker, 'Host');
  if (host === undefined || host === '') return undefined;
  const certificates = await readCertificates(path.join(folder, 'contexts', 'tls', id, 'docker'));
  const isUnchecked = at(docker, 'SkipTLSVerify') === true;
  const tls = certificates === undefined ? undefined : { ...certificates, rejectUnauthorized: !isUnchecked };
  return { name, endpoint: parseEndpoint(host, tls) };
}

/** `ca.pem`, `cert.pem` and `key.pem` of a folder; undefined when it has none of them. */
export async function readCertificates(folder: string): Promise<TlsOptions | undefined> {
  const [ca, cert, key] = await Promise.all(
    ['ca.pem', 'cert.pem', 'key.pem'].map(async (file) =>
      readFile(path.join(folder, file)).catch(() => undefined),
    ),
  );
  if (ca === undefined && cert === undefined) return undefined;
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch(() => '{}');
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

function stringAt(value: unknown, key: string): string | undefined {
  const found = at(value, key);
  return typeof found === 'string' ? found : undefined;
}
