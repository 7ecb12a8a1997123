import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { RunEvent } from '../../src/demo/run/run-event.ts';
import { nameInstance } from '../../src/runner/instance.ts';
import { startRun } from '../../src/runner/run.ts';

import { connectTestEngine, makeFolder } from '../engine/test-engine.ts';
import { leftovers, startProject, uniqueName } from '../runner/run-demo.ts';
import { readFiles } from './parse-demo.ts';

const UNTIL = { timeout: 15_000, interval: 300 };

/** As somebody who has never heard of Deckhand would write it. */
const FILES = {
  'docker-compose.yml': `version: "3.8"
x-common: &common
  restart: unless-stopped
  stop_grace_period: 1s
  logging: {driver: json-file}
services:
  web:
    <<: *common
    build:
      context: ./app
      args:
        - GREETING=\${GREETING:-nothing}
    container_name: shop_web
    ports: ["8000:8000"]
    env_file: .env.web
    depends_on:
      api: {condition: service_healthy}
    networks: [front, back]
    secrets: [token]
  api:
    <<: *common
    image: python:3.13-slim
    command: python -m http.server 9000
    hostname: the-api
    healthcheck:
      test: ["CMD", "python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:9000')"]
      interval: 1s
      retries: 30
    volumes: ["./data:/data:ro", "./made/here:/made", "/cache", "/etc/localtime:/etc/localtime:ro"]
    networks:
      back: {aliases: [backend]}
    configs:
      - {source: motd, target: /motd}
    ulimits: {nofile: 1024}
    sysctls: {net.core.somaxconn: 256}
    extra_hosts: ["somewhere:10.1.2.3"]
  worker:
    image: python:3.13-slim
    command: ["python", "-c", "import time; print('working', flush=True); time.sleep(600)"]
    deploy: {replicas: 2}
    stop_grace_period: 1s
    network_mode: none
networks: {front: , back: {driver: bridge}}
secrets: {token: {file: ./token.txt}}
configs: {motd: {content: "Welcome \${GREETING}\\n"}}
`,
  '.env': 'GREETING=good morning\n',
  '.env.web': 'COLOUR="blue green"\n',
  'token.txt': 's3cret-token-1\n',
  'data/x.txt': 'x',
  'app/Dockerfile': `# syntax=docker/dockerfile:1
FROM python:3.13-slim
ARG GREETING
RUN echo "$GREETING" > /greeting
COPY app.py /
CMD ["python", "/app.py"]
`,
  'app/app.py': `import os, urllib.request as r
from http.server import *
ask = lambda path: r.urlopen('http://backend:9000' + path).read().decode().strip()
text = ' | '.join([open('/greeting').read().strip(), os.environ['COLOUR'], open('/run/secrets/token').read().strip(), ask('/motd'), ask('/data/x.txt'), ask('/etc/hostname'), str('somewhere' in ask('/etc/hosts'))])
class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers(); self.wfile.write(text.encode())
ThreadingHTTPServer(('0.0.0.0', 8000), Handler).serve_forever()
`,
};

test('a project that nobody wrote for Deckhand runs as it is', async () => {
  const name = `shop-${randomUUID().slice(0, 8)}`;
  await using made = await makeFolder(FILES);
  const { engine, demo, run } = await startProject(made.folder, name);
  expect(demo.app).toEqual({ service: 'web', port: 8000, path: '/' });
  const seen: RunEvent[] = [];
  let page = '';
  for await (const event of run.events(0, new AbortController().signal)) {
    seen.push(event);
    if (event.type === 'app') page = await (await fetch(event.url)).text();
    if (event.type === 'error') throw new Error(`${event.message} ${event.hint}`);
    if (event.type === 'phase' && event.phase === 'ready') run.stop();
  }
  await run.done;
  expect(page).toBe('good morning | blue green | s3cret-token-1 | Welcome good morning | x | the-api | True');
  const workers = seen.filter(
    (event) => event.type === 'output' && event.service === 'worker' && event.text.includes('working'),
  );
  expect(workers).toHaveLength(2);
  expect(await leftovers(engine, name)).toEqual([]);
  await engine.removeImage(`deckhand-${name}-web:latest`);
});

test('what is saved while a demo runs is in its container when its service watches it', async () => {
  const name = `watch-${randomUUID().slice(0, 8)}`;
  await using made = await makeFolder({
    'compose.yaml': `services:
  web:
    image: python:3.13-slim
    command: python -m http.server 8000 --directory /site
    ports: ["8000"]
    stop_grace_period: 1s
    tmpfs: /unused
    develop:
      watch:
        - {action: sync, path: ./site, target: /site, ignore: ["*.tmp"]}
        - {action: sync+exec, path: ./list, target: /list, exec: {command: 'sh -c "cat /list/* > /site/list"'}}
        - {action: sync, path: ../elsewhere, target: /p}
    configs: [{source: page, target: /site/index.html}]
configs: {page: {content: "before"}}
`,
    'site/index.html': 'before',
    'list/a': 'none',
  });
  const { engine, project, run } = await startProject(made.folder, name);
  expect(project.notes).toEqual([expect.stringContaining('elsewhere: it is outside the project')]);
  const printed: string[] = [];
  for await (const event of run.events(0, new AbortController().signal)) {
    if (event.type === 'error') throw new Error(`${event.message} ${event.hint}`);
    if (event.type === 'output') printed.push(event.text);
    if (event.type !== 'app') continue;
    const page = async (path: string) => {
      const answer = await fetch(new URL(path, event.url));
      return answer.ok ? answer.text() : answer.status;
    };
    expect(await page('/')).toBe('before');
    // Changes are followed from ready on, which comes right after.
    await vi.waitFor(async () => {
      await writeFile(join(made.folder, 'site/index.html'), 'after');
      expect(await page('/')).toBe('after');
    }, UNTIL);
    await mkdir(join(made.folder, 'site/new'));
    await vi.waitFor(async () => {
      await writeFile(join(made.folder, 'site/new/a.html'), 'new');
      await writeFile(join(made.folder, 'site/no.tmp'), 'no');
      expect(await page('/new/a.html')).toBe('new');
    }, UNTIL);
    expect(await page('/no.tmp')).toBe(404);
    await vi.waitFor(async () => {
      await writeFile(join(made.folder, 'list/a'), 'listed');
      expect(await page('/list')).toBe('listed');
    }, UNTIL);
    await rm(join(made.folder, 'site/index.html'));
    await vi.waitFor(async () => expect(await page('/index.html')).toBe(404), UNTIL);
    run.stop();
  }
  expect(printed.join('')).toContain('↻ site/index.html');
  expect(await leftovers(engine, name)).toEqual([]);
});

test('a Dockerfile in the Compose file is built, and ports are taken as written with leave', async () => {
  const name = uniqueName();
  const compose = `services:
  web:
    build:
      dockerfile_inline: |
        FROM python:3.13-slim
        COPY here.txt /srv/
        CMD ["python", "-m", "http.server", "-d", "/srv", "8000"]
    ports: ["127.0.0.1:18473:8000"]
    stop_grace_period: 0s
x-demo: {ports: as-written}
`;
  await using made = await makeFolder({ 'compose.yaml': compose, 'here.txt': 'inline' });
  const { demo } = await readFiles({ 'compose.yaml': compose }, name, () => true);
  if (demo === undefined) throw new Error('no demo');
  const engine = await connectTestEngine();
  const run = startRun(demo, {
    id: randomUUID(),
    engine,
    folder: made.folder,
    instance: await nameInstance(),
  });
  const steps: string[] = [];
  for await (const event of run.events(0, new AbortController().signal)) {
    if (event.type === 'error') throw new Error(`${event.message} ${event.hint}`);
    if (event.type === 'step') steps.push(event.name);
    if (event.type !== 'phase' || event.phase !== 'ready') continue;
    expect(await (await fetch('http://127.0.0.1:18473/here.txt')).text()).toBe('inline');
    run.stop();
  }
  expect(steps).toContain('COPY here.txt /srv/');
  await engine.removeImage(`deckhand-${name}-web:latest`);
});
