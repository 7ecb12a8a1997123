import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import type playwright from 'playwright';
import type { Browser } from 'playwright';
import { UserError } from '../demo/user-error.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const MAC = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];
const WINDOWS = [
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/**
 * What Chromium must not do beside our page. It takes the last such list, so that Playwright's own is in it: mostly what would
 * ask the internet for something. The last two are the address bar's popup, a page that takes as long to start as ours.
 */
const WITHOUT_FEATURES = [
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'TcpPortRandomizationWin',
  'ThirdPartyStoragePartitioning',
  'msEdgeUpdateLaunchServicesPreferredVersion',
  'msForceBrowserSignIn',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxPopup',
];

/** Arguments for a Chromium that talks to this machine only; root's needs no sandbox to start at all. */
export const CHROMIUM_ARGUMENTS = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${WITHOUT_FEATURES.join(',')}`,
];

/** Starts the Chromium of this machine. Throws a `UserError` when there is none, or it doesn't start. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  return loadPlaywright()
    .chromium.launch({ executablePath, args: CHROMIUM_ARGUMENTS })
    .catch((cause: unknown) => {
      const first = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
      const hint = 'Start it by hand to see why, or name another one: CHROMIUM=/path/to/chromium deckhand …';
      throw new UserError('browser-failed', `${executablePath} did not start: ${first}`, hint, { cause });
    });
}

/** No `import()`: Node would read through its megabytes first, for the names that they export. */
function loadPlaywright(): Pick<typeof playwright, 'chromium'> {
  return createRequire(import.meta.url)('playwright') as typeof playwright;
}

/** The Chromium of this machine: `CHROMIUM`, then the PATH, the usual places, and Playwright's own. */
export function findChromium(): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  const { chromium } = loadPlaywright();
  const given = process.env['CHROMIUM'];
  const candidates = [
    ...(given === undefined ? [] : [given]),
    ...onPath,
    ...MAC,
    ...WINDOWS,
    chromium.executablePath(),
  ];
  for (const candidate of candidates) {
    if (canRun(candidate)) return candidate;
  }
  throw new UserError(
    'no-browser',
    `No Chromium was found. Looked for ${toPlaces(given)}, and Playwright's own (${chromium.executablePath()}).`,
    'Install one: "apt install chromium", "brew install --cask chromium", or "npx playwright install chromium". ' +
      'One that stands elsewhere: CHROMIUM=/path/to/chromium deckhand …',
  );
}

function toPlaces(given: string | undefined): string {
  const named = given === undefined ? '' : `CHROMIUM=${given} (not there, or no program), `;
  return `${named}${NAMES.join(', ')} on the PATH`;
}

function canRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
