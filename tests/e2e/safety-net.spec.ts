import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { present } from './deckhand.ts';
import { failingStep, recordFlakyDemo, stallingStep, type FlakyDemo } from './flaky-demo.ts';

let demo: FlakyDemo;

async function openDeck(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${url}#/flaky`);
  await expect(page.locator('section.present .panel-rest')).toContainText('builds and runs it');
  return page;
}

async function openSpeaker(context: BrowserContext, url: string): Promise<Page> {
  const speaker = await context.newPage();
  await speaker.goto(`${url}speaker`);
  await expect(speaker.frameLocator('iframe.current').locator('.reveal.ready')).toBeVisible();
  return speaker;
}

const panel = (page: Page) => page.locator('section.present .panel');
const badge = (page: Page) => page.locator('section.present .badge');

/** What the terminal shows, in one line. */
async function expectTerminal(page: Page, text: RegExp): Promise<void> {
  await expect(page.locator('section.present .xterm-rows')).toHaveText(text);
}

async function expectRecordedToTheEnd(page: Page): Promise<void> {
  await expectContinued(page);
  await expect(panel(page).locator('img.app-picture')).toBeVisible();
  await page.getByRole('tab', { name: 'Terminal' }).first().click();
  await expectTerminal(page, /live [0-9a-f]{6}.*— from here: recorded on \d{4}-\d{2}-\d{2} —.*part 3 of 3/su);
}

async function expectContinued(page: Page): Promise<void> {
  await expect(badge(page)).toHaveText(/^LIVE THEN RECORDED \d{4}-\d{2}-\d{2}/);
  await expect(panel(page)).toHaveAttribute('data-phase', 'ready', { timeout: 20_000 });
  await expect(panel(page).locator('li[data-state="done"], li[data-state="cached"]')).toHaveCount(6);
  await expect(panel(page).locator('.panel-error')).toHaveCount(0);
}

/** A screen follows what another one chose to look at. */
async function expectSameTerminal(page: Page): Promise<void> {
  await expectContinued(page);
  await expectTerminal(page, /live [0-9a-f]{6}.*— from here: recorded on .*part 3 of 3/su);
}

async function containers(): Promise<string> {
  const filter = ['--filter', `label=deckhand.demo=${demo.name}`];
  return (await promisify(execFile)('docker', ['ps', '-aq', ...filter])).stdout;
}

if (process.env['DECKHAND_TEST_ENGINE'] !== 'none') {
  test.beforeAll(async () => {
    demo = await recordFlakyDemo();
  });
  test.afterAll(async () => demo[Symbol.asyncDispose]());

  test('with fallback: auto a run that fails goes on from the recording at the same step, on every screen and after a reload', async ({
    context,
  }) => {
    await demo.setSafety('auto', '60s');
    await demo.setStep(failingStep());
    await using talk = await present([demo.deck]);
    const page = await openDeck(context, talk.url);
    const other = await openDeck(context, talk.url);
    await page.keyboard.press('r');
    await expectRecordedToTheEnd(page);
    await expectSameTerminal(other);
    await other.reload();
    await expectSameTerminal(other);
    expect(await containers()).toBe('');
  });

  test('with fallback: ask the speaker is asked with the reason, the audience sees it working, and E goes on', async ({
    context,
  }) => {
    await demo.setSafety('ask', '60s');
    await demo.setStep(failingStep());
    await using talk = await present([demo.deck]);
    const page = await openDeck(context, talk.url);
    const speaker = await openSpeaker(context, talk.url);
    await page.bringToFront();
    await page.keyboard.press('r');
    await speaker.bringToFront();
    const prompt = speaker.getByRole('alertdialog', { name: 'A flaky demo' });
    await expect(prompt).toContainText('A flaky demo failed', { timeout: 40_000 });
    await expect(prompt).toContainText('RUN sh step.sh');
    await expect(badge(page)).toHaveText('LIVE');
    await expect(panel(page)).toHaveAttribute('data-phase', 'building');
    await expect(panel(page).locator('.panel-error, li[data-state="failed"], .fallback-hint')).toHaveCount(0);
    await speaker.keyboard.press('e');
    await expect(prompt).toHaveCount(0);
    await page.bringToFront();
    await expectRecordedToTheEnd(page);
  });

  test('with fallback: ask the audience sees the error when the speaker wants it, and E goes on from the recording after that', async ({
    context,
  }) => {
    await demo.setSafety('ask', '60s');
    await demo.setStep(failingStep());
    await using talk = await present([demo.deck]);
    const page = await openDeck(context, talk.url);
    const speaker = await openSpeaker(context, talk.url);
    await page.bringToFront();
    await page.keyboard.press('r');
    await speaker.bringToFront();
    await speaker.getByRole('button', { name: 'Show the error' }).click();
    await page.bringToFront();
    await expect(panel(page)).toHaveAttribute('data-phase', 'failed');
    await expect(panel(page).locator('.panel-error')).toContainText('step.sh');
    await page.keyboard.press('e');
    await expectRecordedToTheEnd(page);
  });

  test('without a speaker view a run that fails shows its error at once, the terminal says it, and E goes on from the recording', async ({
    context,
  }) => {
    await demo.setSafety('ask', '60s');
    await demo.setStep(failingStep());
    await using talk = await present([demo.deck]);
    let terminal = '';
    talk.process.stderr?.on('data', (chunk: Buffer) => (terminal += chunk.toString()));
    const page = await openDeck(context, talk.url);
    await page.keyboard.press('r');
    await expect(panel(page)).toHaveAttribute('data-phase', 'failed', { timeout: 20_000 });
    await expect(panel(page).locator('.panel-error')).toContainText('step.sh');
    await expect(badge(page)).toHaveText('FAILED');
    await expect.poll(() => terminal).toMatch(/flaky-\w+ failed: .*Dockerfile:4: .*step\.sh/);
    await page.keyboard.press('e');
    await expectRecordedToTheEnd(page);
  });

  test('a speaker view that closes while it is asked leaves nobody to ask: the error shows', async ({
    context,
  }) => {
    await demo.setSafety('ask', '60s');
    await demo.setStep(failingStep());
    await using talk = await present([demo.deck]);
    const page = await openDeck(context, talk.url);
    const speaker = await openSpeaker(context, talk.url);
    await page.bringToFront();
    await page.keyboard.press('r');
    await expect(speaker.getByRole('alertdialog', { name: 'A flaky demo' })).toContainText('failed');
    await expect(badge(page)).toHaveText('LIVE');
    await speaker.close();
    await expect(panel(page).locator('.panel-error')).toContainText('step.sh');
    await expect(badge(page)).toHaveText('FAILED');
  });

  test('without a speaker view the panel itself offers the recording of a run that outlasts its budget', async ({
    context,
  }) => {
    await demo.setSafety('ask', '2s');
    await demo.setStep(stallingStep());
    await using talk = await present([demo.deck]);
    const page = await openDeck(context, talk.url);
    await page.keyboard.press('r');
    await expect(panel(page).locator('.run-progress')).toHaveText(/^step 4 of 6/);
    await expect(panel(page).locator('.fallback-hint')).toHaveText(
      /^E continues from the recording of \d{4}/,
    );
    await expect(panel(page)).toHaveAttribute('data-phase', 'building');
    await page.keyboard.press('e');
    await page.keyboard.press('e');
    await expectRecordedToTheEnd(page);
    await expect.poll(containers).toBe('');
    await page.keyboard.press('x');
    await expect(badge(page)).toHaveCount(0);
  });

  test('with fallback: auto a run that stalls goes on from the recording when its budget is over', async ({
    context,
  }) => {
    await demo.setSafety('auto', '2s');
    await demo.setStep(stallingStep());
    await using talk = await present([demo.deck]);
    const page = await openDeck(context, talk.url);
    await page.keyboard.press('r');
    await expect(badge(page)).toHaveText('LIVE');
    await expectRecordedToTheEnd(page);
  });

  test('with fallback: never a run that fails shows its error, and nothing is offered', async ({
    context,
  }) => {
    await demo.setSafety('never', '1s');
    await demo.setStep(failingStep());
    await using talk = await present([demo.deck]);
    const page = await openDeck(context, talk.url);
    await page.keyboard.press('r');
    await expect(panel(page)).toHaveAttribute('data-phase', 'failed', { timeout: 20_000 });
    await expect(panel(page).locator('.panel-error')).toContainText('step.sh');
    await expect(badge(page)).toHaveText('FAILED');
    await expect(panel(page).locator('.fallback-hint')).toHaveCount(0);
  });
}
