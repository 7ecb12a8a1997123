import { mkdir, rename, symlink } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parseDemo } from '../compose/parse-demo.ts';
import { isMountedFrom } from '../../src/runner/containers/mount-table.ts';
import { errorOf, leftovers, printed, startTestRun, uniqueName } from '../runner/run-demo.ts';

/** Service a may write `outer`, and puts a link to the host's root in place of what b mounts, some time after its start. */
const attack = (name: string, outer: string, inner: string, delay = '0.03') => `name: ${name}
services:
  a:
    image: python:3.13-slim
    command: [sh, -c, "sleep ${delay}; mv /w/data /w/old; ln -s / /w/data; sleep 60"]
    volumes: ["${outer}:/w"]
    stop_grace_period: 0s
  b:
    image: python:3.13-slim
    command: [sh, -c, "cat /m/etc/hostname /m/mark; sleep 60"]
    volumes: ["${inner}:/m"]
    depends_on: [a]
    stop_grace_period: 0s
`;

test('a folder that another container could swap for a link is refused with its file, line and what to do', async () => {
  const refused = async (outer: string, inner: string): Promise<string[] | undefined> => {
    const parsed = await parseDemo(attack('x', outer, inner), 'x');
    if (parsed.demo !== undefined) return undefined;
    return parsed.diagnostics.map(
      ({ code, file, line, message, hint }) => `${code} ${file}:${line} ${message} ${hint}`,
    );
  };
  expect(await refused('.', './data')).toEqual([
    expect.stringMatching(
      /^needs-trust compose\.yaml:6 "a" can write the project's own folder, .*"data".*:ro/u,
    ),
  ]);
  expect((await refused('./W', './w/data'))?.[0]).toMatch(/^needs-trust .*:6 .*in the place of "w\/data"/u);
  expect((await refused('./w/../recording', './x'))?.[0]).toMatch(/^bad-mount .*recordings/u);
  expect((await refused('./recording.local/x', './x'))?.[0]).toMatch(/^bad-mount .*recordings/u);
  expect(await refused('./w', './w')).toBeUndefined();
  expect(await refused('./w', './wide')).toBeUndefined();
});

test('a link in the folder makes no other of it: nothing is started', async () => {
  for (const delay of ['0', '0.03', '0.2']) {
    const name = uniqueName();
    const files = { 'compose.yaml': attack(name, './w', './alias', delay), 'w/data/mark': 'MARK' };
    await using made = await startTestRun(files, {
      prepare: async (folder) => symlink('w/data', path.join(folder, 'alias')),
    });
    const events = await made.all();
    expect(errorOf(events)).toMatchObject({ code: 'bad-mount', message: expect.stringContaining('w/data') });
    expect(printed(events, 'b')).toBe('');
    expect(await leftovers(made.engine, name)).toEqual([]);
  }
});

test('what was mounted is told from what its path leads to by now', async () => {
  const name = uniqueName();
  const compose = `name: ${name}\nservices:\n  a: {image: python:3.13-slim, command: [sleep, "60"], volumes: ["./in it:/m"], stop_grace_period: 0s}\n`;
  await using made = await startTestRun({ 'compose.yaml': compose, 'in it/x': '' });
  await made.first((event) => event.type === 'phase' && event.phase === 'ready');
  const [container] = await leftovers(made.engine, name).then((all) =>
    all.filter(({ kind }) => kind === 'container'),
  );
  const { pid } = await made.engine.inspectContainer(container?.id ?? '');
  const folder = path.join(made.folder, 'in it');
  expect(await isMountedFrom(pid, '/m', folder)).toBe(true);
  expect(await isMountedFrom(pid, '/m', made.folder)).toBe(false);
  expect(await isMountedFrom(pid, '/etc/hostname', folder)).toBe(false);
  await rename(folder, path.join(made.folder, 'away'));
  await mkdir(folder);
  expect(await isMountedFrom(pid, '/m', folder)).toBe(false);
});
