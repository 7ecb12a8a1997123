import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, type Page } from '@playwright/test';
import { compileDeck } from '../../src/deck/compile.ts';
import type { DemoSummary } from '../../src/demo/demo-summary.ts';
import { openPreview, openPreviews } from '../../src/runner/preview/preview.ts';
import { createApp } from '../../src/server/app.ts';
import { listen } from '../../src/server/listen.ts';
import { readAssets } from '../../src/site/assets.ts';
import { toDeckPage, toSpeakerPage } from '../../src/site/page.ts';
import type { PageData } from '../../src/stage/page-data.ts';
import { slideIsStill } from '../e2e/deckhand.ts';
import { TestServer } from '../server/test-server.ts';

const BROWSER = fileURLToPath(new URL('../../dist/browser', import.meta.url));
const DECK = `## Before

## App

::: {.demo name="django" views="app"}
:::

## After
`;

/** A deck whose demo is a server of this test: real pages, the real preview, and no container. */
export interface ShownAppDeck extends AsyncDisposable {
  url: string;
  /** What `console.log` and the app's requests say. */
  asked: string[];
  /** The app's, for what is to be done from outside. */
  app: http.Server;
  /** Where the deck's frames find the app. */
  frame: string;
  preview: number;
  /** Starts the demo, which is ready at once. */
  start(page: Page): Promise<void>;
}

const HTML = { 'Content-Type': 'text/html; charset=utf-8' };

/** Presents a deck with an app that answers so; text is the app's page. */
export async function showApp(answer: http.RequestListener | string): Promise<ShownAppDeck> {
  const asked: string[] = [];
  const app = http.createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    if (typeof answer === 'string') response.writeHead(200, HTML).end(answer);
    else answer(request, response);
  });
  await new Promise<void>((resolve) => {
    app.listen(0, '127.0.0.1', resolve);
  });
  const previews = await openPreviews();
  const target = { port: (app.address() as AddressInfo).port };
  const framed = previews.add(target);
  const preview = await openPreview(target);
  const server = await TestServer.open();
  const [deckAssets, speakerAssets] = await Promise.all([
    readAssets(BROWSER, 'src/browser/pages/main.ts'),
    readAssets(BROWSER, 'src/browser/pages/speaker.ts'),
  ]);
  const deck = compileDeck(DECK);
  const demos: DemoSummary[] = [
    { name: 'django', title: 'Django', views: ['app'], sources: [], canRun: true },
  ];
  const { token, instance } = server.context;
  const data: PageData = { token, instance, mode: 'live', deckVersion: 4, demos };
  Object.assign(server.context, {
    deck: { deck, version: 4, diagnostics: [] },
    demos: () => demos,
    browserFolder: BROWSER,
    previewPort: previews.port,
    pages: {
      deck: (isAskedFor: boolean) => toDeckPage(deck, deckAssets, { ...data, isAskedFor }),
      print: () => '',
      speaker: () => toSpeakerPage(deck, speakerAssets, { ...data, plan: server.context.plan() }),
    },
  });
  const { port, close } = await listen(createApp(server.context), 0);
  return {
    url: `http://localhost:${port}/`,
    asked,
    app,
    frame: framed.origin,
    preview: preview.port,
    start: async (page) => {
      const { name, value } = server.access.cookieFor(`localhost:${port}`);
      await page.context().addCookies([{ name, value, url: `http://localhost:${port}` }]);
      const isUp = page.locator('section.present demo-panel');
      // Containers that come and go elsewhere on this machine cost a page its scripts.
      await expect(async () => {
        await page.goto(`http://localhost:${port}/`);
        await expect(page.locator('.reveal')).toHaveClass(/ready/, { timeout: 10_000 });
        if (!(await isUp.isVisible())) await page.keyboard.press('PageDown');
        await isUp.waitFor({ timeout: 10_000 });
      }).toPass({ timeout: 60_000 });
      await slideIsStill(page);
      await server.context.runs.start('django', false);
      const [run] = server.runs;
      const service = 'web';
      run?.log.push({ type: 'phase', phase: 'starting' });
      const url = `http://127.0.0.1:${preview.port}/`;
      run?.log.push({ type: 'app', service, url, frame: `${framed.origin}/`, reachable: true });
      run?.log.push({ type: 'phase', phase: 'ready' });
      await page.locator('section.present .app-frame').waitFor();
    },
    [Symbol.asyncDispose]: async () => {
      await close();
      await server[Symbol.asyncDispose]();
      previews.close();
      preview.close();
      app.close();
      app.closeAllConnections();
    },
  };
}
