import { readDemoFolder } from '../../src/talk/demos/read-demo-folder.ts';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Service } from '../../src/demo/service.ts';
import { parseDemo, readFiles } from './parse-demo.ts';

const demos = path.resolve(import.meta.dirname, '../../demos');

/** A file with one service that has these lines, and what comes after the services. */
const withService = (lines: string, after = '') =>
  `name: a\nservices:\n  web:\n    image: x\n${lines.replaceAll(/^/gmu, '    ')}\n${after}`;

async function serviceOf(lines: string, after = ''): Promise<Service> {
  const parsed = await parseDemo(withService(lines, after));
  if (parsed.demo === undefined) throw new Error(JSON.stringify(parsed.diagnostics));
  const [service] = parsed.demo.services;
  if (service === undefined) throw new Error('no service');
  return service;
}

/** `line:column code message | hint`, one each. */
async function errorsOf(text: string): Promise<string[]> {
  const parsed = await parseDemo(text);
  if (parsed.demo !== undefined) throw new Error('there is nothing wrong with it');
  return parsed.diagnostics.map(
    ({ line, column, code, message, hint }) => `${line}:${column} ${code} ${message} | ${hint}`,
  );
}

test('every demo of this repository is right', async () => {
  const names = (await readdir(demos, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  expect(names.length).toBeGreaterThan(0);
  for (const { name } of names) {
    const folder = path.join(demos, name);
    const project = await readDemoFolder({ folder, name, cwd: folder });
    expect(project?.diagnostics).toEqual([]);
    expect(project).toMatchObject({ demo: { name } });
  }
});

describe('a service', () => {
  test('that says nothing gets the defaults', async () => {
    expect(await serviceOf('')).toEqual({
      name: 'web',
      image: 'x',
      environment: {},
      ports: [],
      mounts: [],
      tmpfs: {},
      dependsOn: [],
      init: false,
      readOnly: false,
      capAdd: ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'SETGID', 'SETUID'],
      memoryBytes: 512 * 1024 ** 2,
      cpus: 1,
      pids: 256,
      stopGraceMs: 10_000,
    });
  });

  test.each<[string, Partial<Service>]>([
    ['build: .', { build: { context: '.', dockerfile: 'Dockerfile', args: {} } }],
    [
      'build: {context: ./app/../api, dockerfile: deploy/Dockerfile, args: [A=1, B=x=y], target: run}',
      {
        build: { context: 'api', dockerfile: 'deploy/Dockerfile', args: { A: '1', B: 'x=y' }, target: 'run' },
      },
    ],
    ['build: {args: {N: 1}}', { build: { context: '.', dockerfile: 'Dockerfile', args: { N: '1' } } }],
    ['command: [a, "b c"]', { command: ['a', 'b c'] }],
    [
      `command: sh -c 'echo "a b" \\x' "c\\"d" e\\ f ''`,
      { command: ['sh', '-c', 'echo "a b" \\x', 'c"d', 'e f', ''] },
    ],
    ['entrypoint: /run.sh now', { entrypoint: ['/run.sh', 'now'] }],
    ['environment: {A: 1, B: "yes", C: ""}', { environment: { A: '1', B: 'yes', C: '' } }],
    ['environment: [A=1, "B=x=y"]', { environment: { A: '1', B: 'x=y' } }],
    ['environment: {PRICE: "$$5"}', { environment: { PRICE: '$5' } }],
    ['ports: ["8000", 9000, "80/tcp"]', { ports: [8000, 9000, 80] }],
    [
      'volumes: [./data:/data, ".:/all:ro"]',
      {
        mounts: [
          { type: 'bind', source: 'data', target: '/data', readOnly: false },
          { type: 'bind', source: '.', target: '/all', readOnly: true },
        ],
      },
    ],
    [
      'volumes: [{type: bind, source: ./a, target: /a, read_only: true}]',
      { mounts: [{ type: 'bind', source: 'a', target: '/a', readOnly: true }] },
    ],
    ['tmpfs: /tmp', { tmpfs: { '/tmp': '' } }],
    ['tmpfs: ["/run:size=64m", /tmp]', { tmpfs: { '/run': 'size=64m', '/tmp': '' } }],
    ['user: "1000"', { user: '1000' }],
    ['user: "www:www"', { user: 'www:www' }],
    ['working_dir: /srv', { workingDir: '/srv' }],
    ['init: true\nread_only: true', { init: true, readOnly: true }],
    [
      'cap_add: [NET_BIND_SERVICE, cap_chown]',
      { capAdd: ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'SETGID', 'SETUID', 'NET_BIND_SERVICE'] },
    ],
    ['mem_limit: 4g', { memoryBytes: 4 * 1024 ** 3 }],
    ['mem_limit: 67108864', { memoryBytes: 67_108_864 }],
    ['cpus: "1.5"', { cpus: 1.5 }],
    ['pids_limit: 32', { pids: 32 }],
    ['stop_grace_period: 25s', { stopGraceMs: 25_000 }],
    [
      'healthcheck: {test: curl -f localhost, interval: 500ms, retries: 3}',
      { healthcheck: { test: ['CMD-SHELL', 'curl -f localhost'], intervalMs: 500, retries: 3 } },
    ],
    [
      'healthcheck: {test: [CMD, true], timeout: 5s, start_period: 1m, start_interval: 100ms}'.replace(
        'true',
        '"true"',
      ),
      {
        healthcheck: { test: ['CMD', 'true'], timeoutMs: 5000, startPeriodMs: 60_000, startIntervalMs: 100 },
      },
    ],
    ['healthcheck: {disable: true}', { healthcheck: { test: ['NONE'] } }],
  ])('with %s', async (lines, expected) => {
    expect(await serviceOf(lines)).toMatchObject(expected);
  });

  test('with a named volume, which is declared', async () => {
    const mounts = [{ type: 'volume', source: 'models', target: '/models', readOnly: false }];
    expect(await serviceOf('volumes: ["models:/models"]', 'volumes: {models: }')).toMatchObject({ mounts });
  });
});

test('services come in the order in which they can start', async () => {
  const text =
    'name: a\nservices:\n  c: {image: x, depends_on: {b: {condition: service_healthy}}}\n  a: {image: x}\n  b: {image: x, depends_on: [a], healthcheck: {test: y}}\n';
  const { demo } = await parseDemo(text);
  expect(demo?.services.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  expect(demo?.services[2]?.dependsOn).toEqual([{ service: 'b', condition: 'service_healthy' }]);
});

describe('x-demo', () => {
  test('fills in what it does not say', async () => {
    const { demo } = await parseDemo(withService('ports: [80]', 'x-demo: {app: {service: web, port: 80}}'));
    expect(demo).toMatchObject({
      title: 'a',
      views: ['terminal', 'app'],
      app: { service: 'web', port: 80, path: '/' },
      budgetMs: 60_000,
      fallback: 'ask',
      steps: [],
      expect: [],
    });
  });

  test('says everything', async () => {
    const xDemo = `x-demo:
  title: Parse
  views: [ask, terminal]
  app: {service: web, port: "80", path: /x}
  ask: {service: web, port: 80, path: /parse, param: address, examples: [one, two]}
  budget: 2m
  idle: 1s
  fallback: never
  steps: [build, start]
  expect: [{http: /health}, {http: /, status: 404, contains: nope}]`;
    const { demo } = await parseDemo(withService('ports: [80]', xDemo));
    expect(demo).toMatchObject({
      title: 'Parse',
      views: ['ask', 'terminal'],
      app: { port: 80, path: '/x' },
      ask: { service: 'web', port: 80, path: '/parse', param: 'address', examples: ['one', 'two'] },
      budgetMs: 120_000,
      fallback: 'never',
      steps: ['build', 'start'],
      expect: [
        { http: '/health', status: 200 },
        { http: '/', status: 404, contains: 'nope' },
      ],
    });
  });
});

describe('what needs leave is refused with its key, its place and the command that allows it:', () => {
  test.each([
    ['▲privileged: true', '"web" can do anything on this machine (privileged).'],
    ['▲network_mode: host', '"web" is on this machine\'s own network'],
    ['devices: [▲/dev/kvm]', '"web" uses the device /dev/kvm.'],
    ['gpus: ▲all', '"web" uses this machine\'s graphics cards.'],
    [
      'deploy: {resources: {reservations: {devices: [▲{device_ids: ["3"], capabilities: [gpu]}]}}}',
      '"web" uses this machine\'s graphics cards 3.',
    ],
    ['▲pid: host', '"web" sees every process of this machine (pid: host).'],
    ['security_opt: [▲seccomp=unconfined]', 'runs with other limits'],
    ['volumes: [▲"/var/run/docker.sock:/s"]', 'whoever has /var/run/docker.sock has the whole machine'],
    ['volumes: [▲{type: bind, source: /run/podman/podman.sock, target: /s}]', 'has the whole machine'],
    ['volumes: [▲"/etc:/etc"]', '"web" reads and writes /etc, which is outside the project.'],
    ['volumes: [▲"./../up:/up:ro"]', '"web" reads /up, which is outside the project.'],
    ['volumes: [▲"./a/../../up:/up"]', 'outside the project'],
    ['volumes: [▲"~/x:/x"]', '"web" reads and writes /home/me/x, which is outside the project.'],
    ['build: {▲context: ../other}', '"web" is built from /other, which is outside the project.'],
    ['cap_add: [▲SYS_ADMIN]', 'may do more than containers can by default (SYS_ADMIN)'],
    ['▲mem_limit: 5g', '"web" may use 5 GB of this machine\'s memory.'],
  ])('%s', async (marked, message) => {
    const at = marked.indexOf('▲');
    const [error = '', ...others] = await errorsOf(withService(marked.replace('▲', '')));
    expect(others).toEqual([]);
    expect(error).toContain(`5:${5 + at} needs-trust `);
    expect(error).toContain(message);
    expect(error).toContain('deckhand trust a');
  });

  test('and runs once it is allowed', async () => {
    const files = { 'compose.yaml': withService('privileged: true') };
    expect((await readFiles(files)).asks.map(({ text }) => text)).toEqual([
      '"web" can do anything on this machine (privileged).',
    ]);
    const { demo } = await readFiles(files, 'a', () => true);
    expect(demo?.services[0]?.more).toEqual({ privileged: true });
  });

  test('graphics cards are asked for by number, by name, or all', async () => {
    const gpusOf = async (text: string) =>
      (await readFiles({ 'compose.yaml': withService(text) }, 'a', () => true)).demo?.services[0]?.more?.gpus;
    const rest = { driver: '', ids: [], capabilities: ['gpu'], options: {} };
    expect(await gpusOf('gpus: all')).toEqual([{ ...rest, count: -1 }]);
    expect(await gpusOf('gpus: [{driver: nvidia, count: 2}]')).toEqual([
      { ...rest, driver: 'nvidia', count: 2 },
    ]);
    const reserved = '{driver: nvidia, device_ids: ["0", "3"], capabilities: [gpu, utility]}';
    expect(await gpusOf(`deploy: {resources: {reservations: {devices: [${reserved}]}}}`)).toEqual([
      { ...rest, driver: 'nvidia', count: 0, ids: ['0', '3'], capabilities: ['gpu', 'utility'] },
    ]);
  });
});

describe('what is wrong, with its key and place', () => {
  test.each([
    ['volumes: [▲"models:/m"]', 'bad-value services.web.volumes[0] names "models", which is not declared'],
    ['build: {▲context: "https://github.com/x/y.git"}', 'needs-buildx services.web.build.context'],
    [
      'build: {context: ., dockerfile: ▲../../Dockerfile}',
      'bad-value services.web.build.dockerfile is outside its context.',
    ],
    ['ports: [▲"a:b"]', 'bad-value services.web.ports[0] can\'t be "a:b". | Expected a port'],
    ['cpus: ▲[1]', "bad-value services.web.cpus can't be [1]. | Expected a number or a text."],
    [
      'stop_grace_period: ▲10s5',
      'bad-value services.web.stop_grace_period can\'t be "10s5". | Expected a duration',
    ],
    ['command: ▲"open \'quote"', 'bad-value services.web.command'],
    ['init: ▲"maybe"', 'bad-value services.web.init can\'t be "maybe". | Expected true or false.'],
    ['healthcheck: {test: ▲[curl, x]}', 'bad-value services.web.healthcheck.test'],
    ['healthcheck: {▲tests: x}', 'is not a key that Compose knows. | Did you mean "test"?'],
    ['depends_on: [▲db]', 'bad-value services.web.depends_on.db needs "db", and there is no such service.'],
    ['depends_on: ▲[web]', 'bad-value services.web.depends_on goes in a circle: web → web.'],
    ['depends_on: {web: {condition: ▲ready}}', 'bad-value services.web.depends_on.web.condition'],
    ['▲prots: ["80"]', '| Did you mean "ports"?'],
    [
      '▲volumes_from: [x]',
      'refused-key services.web.volumes_from is refused: it reaches outside the project',
    ],
    [
      'environment: {A: "${▲B:?say it}"}',
      'The variable "B" is required and has no value: say it. | Set B in the .env file',
    ],
  ])('%s', async (marked, expected) => {
    const at = marked.includes('${▲') ? marked.indexOf('"') : marked.indexOf('▲');
    const errors = await errorsOf(withService(marked.replace('▲', '')));
    expect(errors.join('\n')).toContain(expected);
    expect(errors.map((error) => error.split(' ', 1)[0])).toContain(`5:${5 + at}`);
  });

  test.each([
    ['', '1:1 empty The file is empty. | Begin it with services:'],
    ['- a', '1:1 bad-yaml The file is not a map.'],
    ['name: [', '1:8 bad-yaml Not YAML'],
    ['name: a\nname: b\nservices: {}', '2:1 bad-yaml Not YAML: The key "name" appears twice in this map'],
    ['name: a\nservices: {}', '2:11 no-service The project has no service that would run.'],
    ['services: {web: {}}', '1:17 bad-value services.web has neither build nor image.'],
    [
      'services: {web: {image: x}}\nnet: {}',
      '2:1 unknown-key "net" in the file is not a key that Compose knows.',
    ],
    [
      'services: {web: {image: x}}\nx-demo: {app: {service: api, port: 1}}',
      '2:25 bad-value x-demo.app.service: there is no service "api". | Services: web.',
    ],
    [
      'services: {web: {image: x}}\nx-demo: {views: [app, dockerfile, graph]}',
      'x-demo.views[2] can\'t be "graph"',
    ],
    [
      'services: {web: {image: x}}\nx-demo: {views: [app]}',
      '2:18 bad-value x-demo.views[0]: the app view needs x-demo.app',
    ],
    ['services: {web: {image: x}}\nx-demo: {views: [layers]}', 'the layers view needs a service with build'],
    [
      'services: {web: {image: x}}\nx-demo: {expect: [{http: /}]}',
      'x-demo.expect[0]: there is no x-demo.app to ask',
    ],
    [
      'services: {web: {image: x}}\nx-demo: {budgte: 1s}',
      '2:10 unknown-key "budgte" in x-demo is not a key that demos know.',
    ],
  ])('%s', async (text, expected) => {
    expect((await errorsOf(text)).join('\n')).toContain(expected);
  });

  test('what is expected may be asked of the app that the published port suggests', async () => {
    const text = 'services: {web: {image: x, ports: ["8000"]}}\nx-demo: {expect: [{http: /}]}';
    expect((await parseDemo(text)).demo?.expect).toHaveLength(1);
  });

  test('all of it at once, in the order of the file', async () => {
    const errors = await errorsOf(
      'services:\n  web:\n    image: x\n    privileged: true\n    volumes: ["data:/a"]\n    depends_on: [b]\nx-demo: {title: 5}\n',
    );
    expect(errors.map((error) => error.split(' ', 2).join(' '))).toEqual([
      '4:5 needs-trust',
      '5:15 bad-value',
      '6:18 bad-value',
      '7:17 bad-value',
    ]);
  });

  test('an alias bomb ends as an error, not in the memory', async () => {
    const levels = Array.from(
      { length: 12 },
      (_, i) => `l${i + 1}: &l${i + 1} [${Array.from({ length: 10 }, () => `*l${i}`).join(', ')}]`,
    );
    const text = `l0: &l0 x\n${levels.join('\n')}\n`;
    expect((await errorsOf(text))[0]).toContain('Its aliases repeat too much');
  });
});

describe('a project as people have it', () => {
  test('needs no name and no x-demo: its views come from what there is', async () => {
    const text =
      'version: "3"\nservices:\n  db: {image: postgres, restart: always}\n  web: {build: ., ports: ["8000:80"], depends_on: [db]}\n';
    const { demo, notes } = await readFiles({ 'docker-compose.yml': text }, 'shop');
    expect(demo).toMatchObject({
      name: 'shop',
      title: 'shop',
      views: ['dockerfile', 'terminal', 'app', 'map'],
      app: { service: 'web', port: 80, path: '/' },
      services: [{ name: 'db', restart: { when: 'always' } }, { name: 'web' }],
    });
    expect(notes).toEqual([]);
  });

  test('takes ports of this machine only when it says so, and with leave', async () => {
    const ports = 'services:\n  web: {image: x, ports: ["8080:80", "127.0.0.1:53:53/udp"]}\n';
    const usual = await readFiles({ 'compose.yaml': ports });
    expect(usual.asks).toEqual([]);
    expect(usual.demo?.services[0]?.more).toBeUndefined();
    const written = { 'compose.yaml': `${ports}x-demo: {ports: as-written}\n` };
    const refused = await readFiles(written);
    expect(refused.diagnostics.map(({ message }) => message)).toEqual([
      '"web" takes port 8080 on every address of this machine.',
      '"web" takes port 53 on 127.0.0.1.',
    ]);
    const allowed = await readFiles(written, 'a', () => true);
    expect(allowed.demo?.services[0]?.more?.publish).toEqual([
      { target: 80, protocol: 'tcp', hostPort: 8080, hostIp: '' },
      { target: 53, protocol: 'udp', hostPort: 53, hostIp: '127.0.0.1' },
    ]);
  });

  test('takes variables from .env only, and env files below what is written', async () => {
    const { demo, notes } = await readFiles({
      'compose.yaml':
        'services: {web: {image: "x:${TAG}", env_file: [a.env], environment: {B: "2", C: , HOME: }}}',
      '.env': 'TAG=1\nC=3\n',
      'a.env': 'A=1\nB=1\n',
    });
    expect(demo?.services[0]).toMatchObject({ image: 'x:1', environment: { A: '1', B: '2', C: '3' } });
    expect(notes).toEqual(['"web" gets no HOME: it is not set in .env.']);
  });

  test('runs the services whose profile is on', async () => {
    const text = 'services: {a: {image: x}, b: {image: y, profiles: [debug]}}';
    const names = async (env: string) =>
      (await readFiles({ 'compose.yaml': text, '.env': env })).demo?.services.map(({ name }) => name);
    expect(await names('')).toEqual(['a']);
    expect(await names('COMPOSE_PROFILES=debug')).toEqual(['a', 'b']);
  });

  test('keeps x-demo in a file of its own', async () => {
    const files = {
      'compose.yml': 'services: {web: {image: x}}',
      'x-demo.yaml': 'title: Hello\napp: {service: web, port: 80}\n',
    };
    const { demo } = await readFiles(files);
    expect(demo).toMatchObject({ title: 'Hello', app: { port: 80 } });
    expect(demo?.services[0]?.ports).toEqual([80]);
    const { diagnostics } = await readFiles({
      ...files,
      'x-demo.yaml': 'title: Hello\napp: {service: api, port: 80}\n',
    });
    expect(diagnostics.map(({ file, line, column }) => `${file}:${line}:${column}`)).toEqual([
      'x-demo.yaml:2:16',
    ]);
  });

  test('says in which file a mistake is', async () => {
    const files = {
      'compose.yaml': 'services: {a: {image: x}}',
      'compose.override.yaml': 'services:\n  a:\n    depends_on: [b]\n',
    };
    const { diagnostics } = await readFiles(files);
    expect(diagnostics.map(({ file, line, column }) => `${file}:${line}:${column}`)).toEqual([
      'compose.override.yaml:3:18',
    ]);
  });

  test('gives official images what their entrypoints need, and no more', async () => {
    const capabilities = async (lines: string) => (await serviceOf(lines)).capAdd;
    expect(await capabilities('')).toEqual(['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'SETGID', 'SETUID']);
    expect(await capabilities('cap_drop: [ALL]')).toEqual([]);
    expect(await capabilities('build: .')).toEqual([]);
  });

  test('reads the time zone of this machine without leave', async () => {
    const mounts = [
      { type: 'bind', source: '/etc/localtime', target: '/etc/localtime', readOnly: true, isOutside: true },
    ];
    expect(await serviceOf('volumes: ["/etc/localtime:/etc/localtime:ro"]')).toMatchObject({ mounts });
  });
});

describe('a mount of the project', () => {
  test('may be its own folder, as developers have it', async () => {
    expect(await serviceOf('volumes: [".:/app", "/app/node_modules"]')).toMatchObject({
      mounts: [
        { type: 'bind', source: '.', target: '/app', readOnly: false },
        { type: 'volume', target: '/app/node_modules' },
      ],
    });
  });

  test('needs leave in a folder that another container can write, and none when that one only reads', async () => {
    const both = (mode: string) =>
      `services:\n  a: {image: x, volumes: [".:/app${mode}"]}\n  b: {image: y, volumes: ["./b.conf:/b.conf:ro"]}\n`;
    expect((await parseDemo(both(':ro'))).demo).toBeDefined();
    const errors = await errorsOf(both(''));
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(
      /^2:\d+ needs-trust "a" can write the project's own folder, .* in the place of "b\.conf"/u,
    );
  });

  test('a file that is mounted read-only in such a folder is copied, with a note and without leave', async () => {
    const compose = `services:
  a: {image: x, volumes: [".:/app"]}
  b:
    image: y
    volumes: ["./b.conf:/etc/b.conf:ro", "./c.conf:/c.conf"]
    configs: [{source: motd, target: /motd}]
  c: {image: z, volumes: [".:/app", "./b.conf:/app/d.conf:ro"]}
configs: {motd: {file: ./motd}}
`;
    const files = { 'compose.yaml': compose, 'b.conf': 'b', 'c.conf': 'c', motd: 'hello' };
    const { demo, asks, notes } = await readFiles(files, 'a', () => true);
    const b = demo?.services.find(({ name }) => name === 'b');
    expect(b?.copies).toEqual([
      { source: 'b.conf', target: '/etc/b.conf' },
      { source: 'motd', target: '/motd' },
    ]);
    // One that is written is no copy, nor is one that another mount would swallow.
    expect(b?.mounts.map(({ target }) => target)).toEqual(['/c.conf']);
    expect(demo?.services.find(({ name }) => name === 'c')?.copies).toBeUndefined();
    expect(notes).toContainEqual(expect.stringContaining('"b.conf" is copied into "b" as it starts'));
    expect(asks.map(({ path }) => path.join('.'))).toEqual(['services.a.volumes.0', 'services.c.volumes.0']);
  });
});

test('a project whose env file is missing is read all the same, and says so', async () => {
  const { demo, diagnostics } = await readFiles({
    'compose.yaml': 'services:\n  a:\n    image: x\n    env_file: nope.env\n',
  });
  expect(demo).toMatchObject({ missing: ['nope.env'] });
  expect(diagnostics).toMatchObject([{ severity: 'warning', code: 'no-file', line: 4 }]);
});

test('networks and volumes of somebody else are the demo’s own', async () => {
  const { demo, notes } = await readFiles({
    'compose.yaml':
      'services: {a: {image: x, networks: [n], volumes: ["data:/d"]}}\nnetworks: {n: {external: true}}\nvolumes: {data: {external: true}}\n',
  });
  expect(demo).toMatchObject({ networks: [{ name: 'n' }], volumes: ['data'] });
  expect(notes).toHaveLength(2);
});

test('a value of the wrong kind hides nothing else that is wrong', async () => {
  const text =
    'services:\n  web:\n    image: 5\n    prots: ["80"]\n    privileged: true\n    depends_on: [db]\n  api:\n    image: x\n    ports: 80\n    volumes: ["data:/d"]\n';
  const errors = await errorsOf(text);
  expect(errors.map((error) => error.split(' ', 2).join(' '))).toEqual([
    '3:12 bad-value',
    '4:5 unknown-key',
    '5:5 needs-trust',
    '6:18 bad-value',
    '9:12 bad-value',
    '10:15 bad-value',
  ]);
});
