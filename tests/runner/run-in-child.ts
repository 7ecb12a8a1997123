/** Runs the demo in a folder and prints its events, one JSON line each: for tests that kill the process. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { nameInstance } from '../../src/runner/instance.ts';
import { startRun } from '../../src/runner/run.ts';
import { connectTestEngine } from '../engine/test-engine.ts';
import { parseTestDemo } from './run-demo.ts';

const folder = process.argv[2] ?? '';
const demo = await parseTestDemo(await readFile(path.join(folder, 'compose.yaml'), 'utf8'));
const engine = await connectTestEngine();
const run = startRun(demo, { id: randomUUID(), engine, folder, instance: await nameInstance() });
for await (const event of run.events(0, new AbortController().signal)) console.log(JSON.stringify(event));
