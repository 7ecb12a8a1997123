import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from '@playwright/test';
import { launchChromium } from '../../src/chromium/chromium.ts';
import { presentAndRecord } from './deckhand.ts';

/** A demo whose third step does what the test wants: the Dockerfile stays the same. */
export interface FlakyDemo extends AsyncDisposable {
  name: string;
  folder: string;
  deck: string;
  /** What the third step runs from now on. */
  setStep(script: string): Promise<void>;
  /** `x-demo` of the demo, as YAML of one line. */
  setSafety(fallback: 'auto' | 'ask' | 'never', budget: string): Promise<void>;
}

const DOCKERFILE = `FROM python:3.13-slim
WORKDIR /app
COPY step.sh .
RUN sh step.sh
RUN echo "<h1>It works</h1>" > index.html
CMD exec python -m http.server 8000 2>/dev/null
`;

/** No step is like another, so that the engine has none of them in its cache. */
const unique = (): string => randomBytes(3).toString('hex');
const goodStep = (): string => `for i in 1 2 3; do echo "part $i of 3, ${unique()}"; sleep 0.3; done\n`;
export const failingStep = (): string =>
  `echo "part 1 of 3, live ${unique()}"; sleep 0.5; echo "no network" >&2; exit 7\n`;
export const stallingStep = (): string => `echo "part 1 of 3, live ${unique()}"; sleep 60\n`;

/** Made, run once on the engine, and recorded. */
export async function recordFlakyDemo(): Promise<FlakyDemo> {
  const name = `flaky-${randomBytes(4).toString('hex')}`;
  const folder = await mkdtemp(join(tmpdir(), 'deckhand-flaky-'));
  const deck = join(folder, 'deck.md');
  const demo = join(folder, 'demos', name);
  await mkdir(demo, { recursive: true });
  const setStep = (script: string) => writeFile(join(demo, 'step.sh'), script);
  const setSafety = (fallback: string, budget: string) =>
    writeFile(join(demo, 'compose.yaml'), toCompose(name, fallback, budget));
  await writeFile(join(demo, 'Dockerfile'), DOCKERFILE);
  await writeFile(deck, toDeck(name));
  await setStep(goodStep());
  await setSafety('ask', '60s');
  await record(deck, join(demo, 'recording.local'));
  const dispose = async () => {
    await rm(folder, { recursive: true, force: true });
    await promisify(execFile)('docker', ['image', 'rm', '-f', `deckhand-${name}-web`]).catch(() => {});
  };
  return { name, folder, deck, setStep, setSafety, [Symbol.asyncDispose]: dispose };
}

function toCompose(name: string, fallback: string, budget: string): string {
  return `name: ${name}
services:
  web:
    build: .
    ports: ["8000"]
    stop_grace_period: 1s
x-demo:
  title: A flaky demo
  views: [dockerfile, terminal, app]
  app: {service: web, port: 8000, path: /}
  budget: ${budget}
  fallback: ${fallback}
`;
}

function toDeck(name: string): string {
  return `% A talk\n\n## Flaky\n\n::: {.demo name="${name}" views="dockerfile terminal app"}\nIt works.\n:::\n\n## After\n\nThe end.\n`;
}

/** What is written of a run so far. */
async function readAll(folder: string): Promise<string> {
  const names = await readdir(folder).catch(() => []);
  const casts = names.filter((name) => name.endsWith('.cast'));
  return (await Promise.all(casts.map((name) => readFile(join(folder, name), 'utf8')))).join('');
}

/** Runs it as a speaker would: the run that ends well is kept. */
async function record(deck: string, recording: string): Promise<void> {
  await using talk = await presentAndRecord([deck], dirname(deck));
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(`${talk.url}#/flaky`);
    await page.locator('section.present .panel-rest', { hasText: 'builds and runs it' }).waitFor();
    await page.keyboard.press('r');
    await page.locator('section.present .panel[data-phase="ready"]').waitFor({ timeout: 60_000 });
    // The picture of the app is taken while it is ready.
    await expect.poll(() => readAll(recording), { timeout: 30_000 }).toContain('snapshot');
    await page.keyboard.press('x');
    await page.locator('section.present .panel[data-phase="stopped"]').waitFor({ timeout: 30_000 });
    await page.getByRole('button', { name: 'Replay' }).waitFor();
  } finally {
    await browser.close();
  }
}
