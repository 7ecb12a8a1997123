import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Daemon, freePort, startDaemon } from './daemon.ts';
import type { Log } from './shell.ts';

export interface Registry extends Daemon {
  /** `127.0.0.1:5000` */
  host: string;
}

/** Starts Debian's docker-registry on loopback, its images kept in `folder` from one run to the next. */
export async function startRegistry(folder: string, log: Log): Promise<Registry> {
  const port = await freePort(5000);
  const host = `127.0.0.1:${port}`;
  await mkdir(path.join(folder, 'registry'), { recursive: true });
  const config = {
    version: 0.1,
    storage: { filesystem: { rootdirectory: path.join(folder, 'registry') }, delete: { enabled: true } },
    http: { addr: host },
  };
  const configFile = path.join(folder, 'registry.yml');
  // JSON is YAML.
  await writeFile(configFile, JSON.stringify(config));
  log(`starting a registry mirror on ${host} (docker-registry)`);
  const daemon = await startDaemon('docker-registry', ['serve', configFile], {
    logFile: path.join(folder, 'registry.log'),
    answers: async () =>
      fetch(`http://${host}/v2/`).then(
        (answer) => answer.ok,
        () => false,
      ),
    seconds: 15,
  });
  return { host, ...daemon };
}

/** Whether the registry already has an image. */
export async function registryHas(host: string, name: string, tag: string): Promise<boolean> {
  const answer = await fetch(`http://${host}/v2/${name}/manifests/${tag}`, {
    headers: { accept: 'application/vnd.docker.distribution.manifest.v2+json' },
  });
  return answer.ok;
}
