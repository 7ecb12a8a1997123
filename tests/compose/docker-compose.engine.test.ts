import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import Dockerode from 'dockerode';
import { describe, expect, test } from 'vitest';
import { makeFolder } from '../engine/test-engine.ts';
import { startProject } from '../runner/run-demo.ts';

const DEMOS = fileURLToPath(new URL('../../demos', import.meta.url));
const COMPOSE = process.env['DECKHAND_TEST_COMPOSE'];

async function compose(...args: string[]): Promise<{ stdout: string; stderr: string }> {
  return promisify(execFile)(COMPOSE ?? '', args);
}

/** Every setting that a container can be looked at for, and no build: Compose builds with a plugin of its own. */
const PROJECT = `
services:
  web:
    image: python:3.13-slim
    command: ["python", "-c", "import time; time.sleep(600)"]
    environment: {COLOUR: blue, WORDS: "two words", FROM_DOTENV: }
    env_file: [{path: more.env}, {path: nope.env, required: false}]
    working_dir: /srv
    user: "1000:1000"
    hostname: the-web
    domainname: example.org
    stop_signal: SIGINT
    stop_grace_period: 1s
    expose: [8000]
    labels: {com.example.team: red}
    networks: {front: {aliases: [shop]}, back: }
    volumes: ["./data:/data:ro", "cache:/cache", "/anonymous", {type: tmpfs, target: /scratch, tmpfs: {size: 1m}}]
    tmpfs: ["/run:size=2m"]
    secrets: [token]
    configs: [{source: motd, target: /etc/motd.d/hello}]
    ulimits: {nofile: {soft: 512, hard: 1024}}
    sysctls: {net.core.somaxconn: 256}
    extra_hosts: ["elsewhere:10.1.2.3"]
    dns: [9.9.9.9]
    dns_search: [example.org]
    shm_size: 32m
    group_add: [audio]
    tty: true
    stdin_open: true
    init: true
    depends_on: {db: {condition: service_healthy}}
  db:
    image: python:3.13-slim
    entrypoint: ["python", "-m", "http.server"]
    command: ["5432"]
    stop_grace_period: 1s
    networks: [back]
    read_only: true
    healthcheck:
      test: ["CMD", "python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:5432')"]
      interval: 1s
      timeout: 3s
      retries: 20
  alone:
    image: python:3.13-slim
    command: sleep 600
    network_mode: none
    stop_grace_period: 1s
networks: {front: , back: {internal: true}}
volumes: {cache: }
secrets: {token: {file: ./token.txt}}
configs: {motd: {file: ./motd.txt}}
`;

const FILES = {
  'compose.yaml': PROJECT,
  '.env': 'FROM_DOTENV=yes\n',
  'more.env': 'RAW="with quotes"\n',
  'data/x.txt': 'x',
  'token.txt': 'a-secret',
  'motd.txt': 'hello',
};

/** What a project's author asked for, as the engine has it: without names, ids, labels and limits that are of whoever started it. */
async function seen(docker: Dockerode, id: string, networks: (name: string) => string) {
  const { Config, HostConfig, Mounts, NetworkSettings } = await docker.getContainer(id).inspect();
  const labels = Object.entries(Config.Labels).filter(([key]) => key.startsWith('com.example.'));
  return {
    command: Config.Cmd,
    entrypoint: Config.Entrypoint,
    environment: Config.Env.toSorted(),
    folder: Config.WorkingDir,
    user: Config.User,
    hostname: Config.Hostname.length === 12 ? 'its id' : Config.Hostname,
    domain: Config.Domainname ?? '',
    // Not its terminal: a run reads what each container prints, without one.
    stdin: Config.OpenStdin,
    health: Config.Healthcheck?.Test,
    stopSignal: 'StopSignal' in Config ? Config.StopSignal : undefined,
    labels: Object.fromEntries(labels),
    mounts: Mounts.filter(({ Type }) => Type !== 'tmpfs')
      .map(({ Type, Destination, RW }) => `${Type} ${Destination}${RW ? '' : ' ro'}`)
      .toSorted(),
    networks: Object.fromEntries(
      Object.entries(NetworkSettings.Networks).map(([name, { Aliases }]) => [
        networks(name),
        ((Aliases ?? []) as string[]).filter((one) => /^[a-z-]{2,8}$/u.test(one)).toSorted(),
      ]),
    ),
    hosts: HostConfig.ExtraHosts ?? [],
    dns: [HostConfig.Dns ?? [], HostConfig.DnsSearch ?? []],
    groups: HostConfig.GroupAdd ?? [],
    sysctls: HostConfig.Sysctls ?? {},
    ulimits: HostConfig.Ulimits?.map(({ Name, Soft, Hard }) => [Name, Soft, Hard]) ?? [],
    shm: HostConfig.ShmSize,
    init: HostConfig.Init ?? false,
    readOnly: HostConfig.ReadonlyRootfs,
  };
}

describe.runIf(COMPOSE !== undefined)('Docker Compose 2 itself', () => {
  test.each(readdirSync(DEMOS))('accepts the demo %s', async (name) => {
    const { stderr } = await compose('-f', join(DEMOS, name, 'compose.yaml'), 'config', '--quiet');
    expect(stderr).toBe('');
  });

  test('makes the same containers of a project as a run does', async () => {
    const name = `same-${randomUUID().slice(0, 8)}`;
    await using made = await makeFolder(FILES);
    const docker = new Dockerode();
    const containersOf = async (label: string) => {
      const found = await docker.listContainers({ filters: { label: [label] } });
      return new Map(
        found.map(({ Id, Names: [first = ''] }) => [/(?:web|db|alone)/u.exec(first)?.[0] ?? '', Id]),
      );
    };
    const project = ['-p', name, '--project-directory', made.folder];
    const theirs: Record<string, unknown> = {};
    try {
      await compose(...project, 'up', '--detach', '--quiet-pull');
      for (const [service, id] of await containersOf(`com.docker.compose.project=${name}`))
        theirs[service] = await seen(docker, id, (network) => network.replace(`${name}_`, ''));
    } finally {
      await compose(...project, 'down', '--volumes', '--timeout', '1');
    }
    const ours: Record<string, unknown> = {};
    const { engine, demo, run } = await startProject(made.folder, name);
    for await (const event of run.events(0, new AbortController().signal)) {
      if (event.type === 'error') throw new Error(`${event.message} ${event.hint}`);
      if (event.type !== 'phase' || event.phase !== 'ready') continue;
      for (const [service, id] of await containersOf(`deckhand.demo=${name}`))
        ours[service] = await seen(docker, id, (network) =>
          network.replace(`deckhand-${name}-`, '').replace(/-[^-]*$/u, ''),
        );
      run.stop();
    }
    await run.done;
    for (const volume of demo.volumes) await engine.removeVolume(`deckhand-${name}-${volume}`);
    expect(Object.keys(ours).toSorted()).toEqual(['alone', 'db', 'web']);
    expect(ours).toEqual(theirs);
  });
});
