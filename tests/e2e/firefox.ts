import { launch, type Page } from 'puppeteer-core';

/** A Firefox without a screen, driven by WebDriver BiDi: Playwright drives only a Firefox of its own make. */
export interface Firefox extends AsyncDisposable {
  newPage(): Promise<Page>;
}

export async function startFirefox(): Promise<Firefox> {
  const browser = await launch({
    browser: 'firefox',
    executablePath: process.env['FIREFOX'] ?? '/usr/bin/firefox-esr',
    headless: true,
    defaultViewport: { width: 1280, height: 720 },
  });
  return {
    newPage: () => browser.newPage(),
    [Symbol.asyncDispose]: () => browser.close(),
  };
}

/** What an element shows, '' while there is none. A window that nobody looks at is asked as well. */
export function textOf(page: Page, selector: string): Promise<string> {
  return page.evaluate((wanted) => document.querySelector(wanted)?.textContent?.trim() ?? '', selector);
}

export function attributeOf(page: Page, selector: string, name: string): Promise<string | null> {
  return page.evaluate(
    (wanted, attribute) => document.querySelector(wanted)?.getAttribute(attribute) ?? null,
    selector,
    name,
  );
}
