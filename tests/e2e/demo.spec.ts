import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test, type Page } from '@playwright/test';
import { startProxy } from '../engine/proxy.ts';
import { end, present } from './deckhand.ts';

const hasEngine = process.env['DECKHAND_TEST_ENGINE'] !== 'none';

/** Containers of Django demos on the engine, by what the engine itself says. */
async function containers(): Promise<string[]> {
  const filter = ['--filter', 'label=deckhand.demo=django'];
  const { stdout } = await promisify(execFile)('docker', [
    'ps',
    '-a',
    '--format',
    '{{.ID}} {{.Ports}}',
    ...filter,
  ]);
  return stdout.split('\n').filter((line) => line !== '');
}

async function openDemo(page: Page, url: string): Promise<void> {
  await page.goto(`${url}#/lets-run-it`);
  await expect(page.locator('section.present demo-panel')).toBeVisible();
}

if (hasEngine) {
  test('the Django container is built and run from the slide, and its page shows in the panel', async ({
    page,
  }) => {
    const before = await containers();
    await using talk = await present([]);
    await openDemo(page, talk.url);
    await expect(page.locator('section.present .panel-rest')).toContainText('builds and runs it');
    await page.keyboard.press('r');
    await expect(page.locator('section.present .badge')).toHaveText('LIVE');
    const panel = page.locator('section.present .panel');
    await expect(panel).toHaveAttribute('data-phase', 'ready', { timeout: 90_000 });
    await expect(page.frameLocator('iframe.app-frame').locator('h1')).toContainText('inside a container');
    await expect(panel.locator('li[data-state="done"], li[data-state="cached"]')).toHaveCount(9);
    const [running] = (await containers()).filter((line) => !before.includes(line));
    expect(running).toMatch(/127\.0\.0\.1:\d+->8000/);
    await page.keyboard.press('x');
    await expect(panel).toHaveAttribute('data-phase', 'stopped', { timeout: 20_000 });
    await expect.poll(containers, { timeout: 20_000 }).toEqual(before);
    await end(talk.process);
  });

  test('a demo that is run before the engine was found waits for it', async ({ page }) => {
    const socket = (process.env['DOCKER_HOST'] ?? 'unix:///var/run/docker.sock').replace('unix://', '');
    await using engine = await startProxy(socket, { delayMs: 600 });
    await using talk = await present(['--engine', `unix://${engine.socket}`, '--no-spare']);
    await openDemo(page, talk.url);
    await expect(page.locator('section.present .panel-note')).toContainText('Looking for an engine');
    await page.keyboard.press('r');
    await expect(page.locator('section.present .badge')).toHaveText('LIVE', { timeout: 20_000 });
  });

  test('pressing Run on two screens starts one container, and every screen shows it', async ({
    page,
    context,
  }) => {
    const before = await containers();
    await using talk = await present(['--no-spare']);
    const second = await context.newPage();
    await openDemo(page, talk.url);
    await openDemo(second, talk.url);
    await Promise.all([page.keyboard.press('r'), second.keyboard.press('r')]);
    for (const screen of [page, second]) {
      await expect(screen.locator('section.present .panel')).toHaveAttribute('data-phase', 'ready', {
        timeout: 90_000,
      });
    }
    expect((await containers()).length).toBe(before.length + 1);
    await end(talk.process);
    expect(await containers()).toEqual(before);
  });
}

test('without an engine the same panel plays its recording to the end', async ({ page }) => {
  await using talk = await present(['--engine', 'none']);
  await openDemo(page, talk.url);
  await expect(page.locator('section.present .panel-rest')).toContainText('plays a recording made on');
  await page.keyboard.press('r');
  await expect(page.locator('section.present .badge')).toHaveText(/^RECORDED \d{4}-\d{2}-\d{2}/);
  const panel = page.locator('section.present .panel');
  await expect(panel.locator('li[data-state="running"]').first()).toBeVisible();
  await expect(panel).toHaveAttribute('data-phase', 'ready', { timeout: 60_000 });
  await expect(panel.locator('li[data-state="done"], li[data-state="cached"]')).toHaveCount(9);
  const picture = panel.locator('img.app-picture');
  await expect(picture).toBeVisible();
  expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(500);
});
