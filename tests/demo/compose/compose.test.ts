import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseDemo } from '../../../src/demo/compose/compose.ts';
import type { Service } from '../../../src/demo/demo.ts';

const demos = path.resolve(import.meta.dirname, '../../../demos');

/** A file with one service that has these lines, and what comes after the services. */
const withService = (lines: string, after = '') =>
  `name: a\nservices:\n  web:\n    image: x\n${lines.replaceAll(/^/gmu, '    ')}\n${after}`;

function serviceOf(lines: string, after = ''): Service {
  const parsed = parseDemo(withService(lines, after), { file: 'compose.yaml' });
  if (parsed.demo === undefined) throw new Error(JSON.stringify(parsed.diagnostics));
  const [service] = parsed.demo.services;
  if (service === undefined) throw new Error('no service');
  return service;
}

/** `line:column code message | hint`, one each. */
function errorsOf(text: string, folder?: string): string[] {
  const parsed = parseDemo(text, { file: 'compose.yaml', ...(folder === undefined ? {} : { folder }) });
  if (parsed.demo !== undefined) throw new Error('there is nothing wrong with it');
  return parsed.diagnostics.map(
    ({ line, column, code, message, hint }) => `${line}:${column} ${code} ${message} | ${hint}`,
  );
}

test('every demo of this repository is right', async () => {
  const names = (await readdir(demos, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  expect(names.length).toBeGreaterThan(0);
  for (const { name } of names) {
    const text = await readFile(path.join(demos, name, 'compose.yaml'), 'utf8');
    expect(parseDemo(text, { file: name, folder: name })).toMatchObject({ demo: { name } });
  }
});

describe('a service', () => {
  test('that says nothing gets the defaults', () => {
    expect(serviceOf('')).toEqual({
      name: 'web',
      image: 'x',
      environment: {},
      ports: [],
      mounts: [],
      tmpfs: {},
      dependsOn: [],
      init: false,
      readOnly: false,
      capAdd: [],
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
    ['user: 1000', { user: '1000' }],
    ['user: "www:www"', { user: 'www:www' }],
    ['working_dir: /srv', { workingDir: '/srv' }],
    ['init: true\nread_only: true', { init: true, readOnly: true }],
    ['cap_add: [NET_BIND_SERVICE, cap_chown]', { capAdd: ['NET_BIND_SERVICE', 'CHOWN'] }],
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
  ])('with %s', (lines, expected) => {
    expect(serviceOf(lines)).toMatchObject(expected);
  });

  test('with a named volume, which is declared', () => {
    const mounts = [{ type: 'volume', source: 'models', target: '/models', readOnly: false }];
    expect(serviceOf('volumes: ["models:/models"]', 'volumes: {models: }')).toMatchObject({ mounts });
  });
});

test('services come in the order in which they can start', () => {
  const text =
    'name: a\nservices:\n  c: {image: x, depends_on: {b: {condition: service_healthy}}}\n  a: {image: x}\n  b: {image: x, depends_on: [a], healthcheck: {test: y}}\n';
  const { demo } = parseDemo(text, { file: 'f' });
  expect(demo?.services.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  expect(demo?.services[2]?.dependsOn).toEqual([{ service: 'b', condition: 'service_healthy' }]);
});

describe('x-demo', () => {
  test('fills in what it does not say', () => {
    const { demo } = parseDemo(withService('ports: [80]', 'x-demo: {app: {service: web, port: 80}}'), {
      file: 'f',
    });
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

  test('says everything', () => {
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
    const { demo } = parseDemo(withService('ports: [80]', xDemo), { file: 'f' });
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

describe('what is refused, with its key and place', () => {
  test.each([
    [
      '▲privileged: true',
      'refused-key "privileged" in services.web is refused: it gives a container the whole machine. | Take it out.',
    ],
    ['▲network_mode: host', 'refused-key "network_mode" in services.web is refused'],
    ['▲devices: [/dev/kvm]', 'refused-key "devices" in services.web'],
    ['▲pid: host', 'refused-key "pid" in services.web'],
    ['▲security_opt: [seccomp=unconfined]', 'refused-key "security_opt"'],
    ['▲restart: always', 'refused-key "restart"'],
    [
      'volumes: [▲"/var/run/docker.sock:/s"]',
      `bad-value services.web.volumes[0] can't be "/var/run/docker.sock:/s". | Expected anything but the engine's socket`,
    ],
    [
      'volumes: [{type: bind, source: ▲/run/podman/podman.sock, target: /s}]',
      "bad-value services.web.volumes[0].source can't be",
    ],
    [
      'volumes: [▲"/etc:/etc"]',
      'bad-value services.web.volumes[0] can\'t be "/etc:/etc". | Expected a path inside the demo\'s folder',
    ],
    ['volumes: [▲"./../up:/up"]', 'bad-value services.web.volumes[0]'],
    ['volumes: [▲"./a/../../up:/up"]', 'bad-value services.web.volumes[0]'],
    ['volumes: [▲"~/x:/x"]', 'bad-value services.web.volumes[0]'],
    ['volumes: [▲"C:\\\\x:/x"]', 'bad-value services.web.volumes[0]'],
    ['volumes: [▲"..\\\\up:/up"]', 'bad-value services.web.volumes[0]'],
    ['volumes: [▲"models:/m"]', 'bad-value services.web.volumes[0]: "models" is not declared'],
    ['build: ▲../other', 'bad-value services.web.build can\'t be "../other". | Expected a path inside'],
    ['build: ▲https://github.com/x/y.git', 'bad-value services.web.build'],
    ['build: ▲git@github.com:x/y.git', 'bad-value services.web.build'],
    ['build: {context: ., dockerfile: ▲../../Dockerfile}', 'bad-value services.web.build.dockerfile'],
    [
      'build: {context: ., ▲network: host}',
      'unknown-key "network" in services.web.build is outside the Compose subset',
    ],
    [
      'ports: [▲"8000:8000"]',
      'bad-value services.web.ports[0] can\'t be "8000:8000". | Expected only a container port',
    ],
    ['ports: [▲"0.0.0.0:80:80"]', 'bad-value services.web.ports[0]'],
    ['ports: [▲0]', "bad-value services.web.ports[0] can't be 0."],
    [
      'cap_add: [▲SYS_ADMIN]',
      'bad-value services.web.cap_add[0] can\'t be "SYS_ADMIN". | Expected one of the capabilities',
    ],
    [
      'mem_limit: ▲5g',
      'bad-value services.web.mem_limit can\'t be "5g". | Expected a size such as 512m, from 6m to 4 GB.',
    ],
    ['cpus: ▲0', "bad-value services.web.cpus can't be 0."],
    ['pids_limit: ▲-1', "bad-value services.web.pids_limit can't be -1."],
    ['stop_grace_period: ▲10', "bad-value services.web.stop_grace_period can't be 10. | Expected a duration"],
    ['environment: {A: ▲}', "bad-value services.web.environment.A can't be what it is."],
    [
      'environment: [▲HOME]',
      'bad-value services.web.environment[0] can\'t be "HOME". | Expected a text or a number, written here',
    ],
    ['environment: {A: ▲$HOME}', 'variable Variables are not filled in'],
    ['command: ["a", ▲"${B}"]', 'variable'],
    ['command: ▲"open \'quote"', 'bad-value services.web.command'],
    ['init: ▲"yes"', 'bad-value services.web.init can\'t be "yes". | Expected true or false.'],
    ['healthcheck: {test: ▲[curl, x]}', 'bad-value services.web.healthcheck.test'],
    [
      'healthcheck: {▲tests: x}',
      'unknown-key "tests" in services.web.healthcheck is outside the Compose subset that demos are written in. | Did you mean "test"?',
    ],
    ['depends_on: ▲[db]', 'bad-value services.web.depends_on: there is no service "db"'],
    ['depends_on: ▲[web]', 'bad-value services.web.depends_on: it goes in a circle: web → web'],
    ['depends_on: {web: {condition: ▲ready}}', 'bad-value services.web.depends_on.web.condition'],
    ['▲prots: ["80"]', 'unknown-key'.replace('5:1', '5:5')],
    ['▲imgae: x', '| Did you mean "image"?'],
  ])('%s', (marked, expected) => {
    // The mark stands where the error must be.
    const at = marked.indexOf('▲');
    const errors = errorsOf(withService(marked.replace('▲', '')));
    expect(errors.join('\n')).toContain(expected);
    expect(errors.map((error) => error.split(' ', 1)[0])).toContain(`5:${5 + at}`);
  });

  test.each([
    ['', "1:1 bad-value The file can't be what it is. | Expected a Compose file"],
    ['- a', '1:1 bad-value The file'],
    ['name: [', '1:8 bad-yaml Not YAML'],
    ['name: a\nname: b\nservices: {}', '2:1 bad-yaml Not YAML: The key "name" appears twice in this map'],
    ['services: {web: {image: x}}', '1:1 missing-key the file has no "name". | Add "name".'],
    ['name: a', '1:1 missing-key the file has no "services"'],
    ['name: a\nservices: {}', "2:11 bad-value services can't be"],
    [
      'name: A b\nservices: {web: {image: x}}',
      '1:7 bad-value name can\'t be "A b". | Expected lower-case letters',
    ],
    ['name: a\nservices: {Web: {image: x}}', '2:12 bad-value'],
    ['name: a\nservices: {web: {}}', '2:17 bad-value services.web: it has neither build nor image.'],
    [
      'name: a\nservices: {web: {image: x}}\nnetworks: {}',
      '3:1 refused-key "networks" in the file is refused',
    ],
    [
      'version: "3"\nname: a\nservices: {web: {image: x}}',
      '1:1 refused-key "version" in the file is refused: Compose itself no longer reads it.',
    ],
    ['name: a\nservices: {web: {image: x}}\nvolumes: {m: {driver: nfs}}', '3:15 unknown-key "driver"'],
    ['name: a\nservices: {web: {image: x}}\nx-other: 1', '3:1 unknown-key "x-other" in the file'],
    [
      'name: a\nservices: {web: {image: x}}\nx-demo: {app: {service: api, port: 1}}',
      '3:25 bad-value x-demo.app.service: there is no service "api"',
    ],
    [
      'name: a\nservices: {web: {image: x}}\nx-demo: {app: {service: web, port: 1}}',
      '3:36 bad-value x-demo.app.port: "web" does not list port 1 under ports',
    ],
    [
      'name: a\nservices: {web: {image: x}}\nx-demo: {views: [app, dockerfile, graph]}',
      'x-demo.views[2] can\'t be "graph"',
    ],
    [
      'name: a\nservices: {web: {image: x}}\nx-demo: {views: [app]}',
      '3:18 bad-value x-demo.views[0]: the app view needs x-demo.app',
    ],
    [
      'name: a\nservices: {web: {image: x}}\nx-demo: {views: [layers]}',
      'the layers view needs a service with build',
    ],
    [
      'name: a\nservices: {web: {image: x}}\nx-demo: {expect: [{http: /}]}',
      'x-demo.expect[0]: there is no x-demo.app to ask',
    ],
    [
      'name: a\nservices: {web: {image: x}}\nx-demo: {budgte: 1s}',
      '3:10 unknown-key "budgte" in x-demo is outside the Compose subset that demos are written in. | Did you mean "budget"?',
    ],
  ])('%s', (text, expected) => {
    expect(errorsOf(text).join('\n')).toContain(expected);
  });

  test("a name that is not the folder's", () => {
    expect(errorsOf('name: a\nservices: {web: {image: x}}', 'b')).toEqual([
      '1:7 bad-value name: "a" is not the folder\'s name, "b". | Use a name that exists, or define this one.',
    ]);
  });

  test('all of it at once, in the order of the file', () => {
    const errors = errorsOf(
      'name: A\nservices:\n  web:\n    privileged: true\n    ports: ["1:1"]\nnetworks: {}\n',
    );
    expect(errors.map((error) => error.split(' ', 1)[0])).toEqual(['1:7', '4:5', '5:13', '6:1']);
  });

  test('an alias bomb ends as an error, not in the memory', () => {
    const levels = Array.from(
      { length: 12 },
      (_, i) => `l${i + 1}: &l${i + 1} [${Array.from({ length: 10 }, () => `*l${i}`).join(', ')}]`,
    );
    const text = `l0: &l0 x\n${levels.join('\n')}\n`;
    expect(errorsOf(text)[0]).toContain('Its aliases repeat too much');
  });
});
