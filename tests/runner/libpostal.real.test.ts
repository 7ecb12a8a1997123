import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

import { startProject } from './run-demo.ts';
import { copyLibpostalDemo, libpostalFolder } from './libpostal-stand-in.ts';

const PREPARE = path.join(libpostalFolder, 'offline/prepare.py');
const SERVED = 'http://172.17.0.1:8123';

/**
 * `npm run test:libpostal`, before a release: 640 MB from crates.io and PyPI, and minutes of compiling at the first time. Everything
 * else is tested with a stand-in library.
 */
test('libpostal itself, from crates.io and PyPI alone, takes addresses apart and survives what is none', async () => {
  await promisify(execFile)('python3', [PREPARE, '--volume'], { maxBuffer: 1e7 });
  const server = spawn('python3', [PREPARE, '--serve'], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(server.stdout, 'data');
  await using made = await copyLibpostalDemo(SERVED, 'libpostal');
  try {
    await writeFile(path.join(made.folder, '.env'), 'LIBPOSTAL_VERSION=1.1.0\n');
    const { demo, run } = await startProject(made.folder, 'libpostal');
    const questions = demo.expect.flatMap(({ ask }) => (ask === undefined ? [] : [ask]));
    const odd = [
      'x'.repeat(1000),
      '🏠🏠 12',
      '!!! ,,, ---',
      'a\u0000b 1, Paris',
      '\u202e12 Main St\u202c',
      '1'.repeat(290),
    ];
    const answers = new Map<string, { status: number; reply: string }>();
    for await (const event of run.events(0, new AbortController().signal)) {
      if (event.type === 'error') throw new Error(`${event.message} ${event.hint}`);
      if (event.type === 'answer') answers.set(event.question, event);
      if (event.type !== 'phase' || event.phase !== 'ready') continue;
      for (const question of [...questions, ...odd, questions[0] ?? '']) await run.ask(question);
      run.stop();
    }
    await run.done;
    for (const { ask = '', contains = '' } of demo.expect)
      expect(answers.get(ask)?.reply, ask).toContain(contains);
    for (const question of odd) expect([200, 400], question).toContain(answers.get(question)?.status);
  } finally {
    server.kill();
  }
}, 1_800_000);
