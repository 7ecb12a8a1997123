import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import type playwright from 'playwright';
import type { Browser, LaunchOptions } from 'playwright';
import { tmpdir } from 'node:os';
import { UserError } from '../demo/user-error.ts';
import { browserProfiles } from './browser-profiles.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const MAC = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];
/** Below the folders that Windows names: for everybody, or for one user. */
const WINDOWS = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];
const WINDOWS_FOLDERS = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'];

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

/** Root's Chromium starts without a sandbox only, and there are machines that allow none. */
const HAS_SANDBOX = process.getuid?.() !== 0 && process.env['DECKHAND_NO_SANDBOX'] === undefined;

/** A browser that starts at all does so within seconds; one that is killed as it starts is not always missed. */
const LAUNCH_MS = 30_000;

/** Arguments for a Chromium that talks to this machine only. */
export const CHROMIUM_ARGUMENTS = [
  ...(HAS_SANDBOX ? [] : ['--no-sandbox']),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${WITHOUT_FEATURES.join(',')}`,
];

/** What is told to Playwright, for every browser that we start. */
export interface ChromiumOptions {
  /** Host and port that everything goes through, this machine's own addresses included. */
  proxy?: string;
  args?: readonly string[];
}

/**
 * How every Chromium of ours is started: with its sandbox, unless root starts it, and without Playwright's own handling of
 * signals, which would end this process before it has taken down what runs on the engine.
 */
export function toLaunchOptions({ proxy, args = [] }: ChromiumOptions = {}): LaunchOptions {
  return {
    args: [...CHROMIUM_ARGUMENTS, ...args],
    chromiumSandbox: HAS_SANDBOX,
    timeout: LAUNCH_MS,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    ...(proxy === undefined ? {} : { proxy: { server: proxy, bypass: '<-loopback>' } }),
  };
}

/** Starts the Chromium of this machine. Throws a `UserError` when there is none, or it doesn't start. */
export async function launchChromium(options: ChromiumOptions = {}): Promise<Browser> {
  const executablePath = findChromium();
  try {
    return await inProfiles(async (env) =>
      loadPlaywright().chromium.launch({ executablePath, env, ...toLaunchOptions(options) }),
    );
  } catch (cause) {
    throw toBrowserFailed(executablePath, cause);
  }
}

function toBrowserFailed(executablePath: string, cause: unknown): UserError {
  const message = cause instanceof Error ? cause.message : String(cause);
  if (/No usable sandbox|sandbox_host|credentials\.cc|setuid sandbox/i.test(message)) {
    const why = `${executablePath} can't use its sandbox on this machine.`;
    const hint =
      "Let it (a Chromium from the system's packages may), or trust the deck and its apps: DECKHAND_NO_SANDBOX=1 deckhand …";
    return new UserError('no-sandbox', why, hint, { cause });
  }
  if (/ENOSPC|EDQUOT|No space left/.test(message)) {
    const why = `${executablePath} did not start: the temporary folder ${tmpdir()} is full.`;
    return new UserError('disk-full', why, 'Make room there, or name another folder: TMPDIR=…', { cause });
  }
  const hint = 'Start it by hand to see why, or name another one: CHROMIUM=/path/to/chromium deckhand …';
  return new UserError(
    'browser-failed',
    `${executablePath} did not start: ${message.split('\n')[0] ?? ''}`,
    hint,
    {
      cause,
    },
  );
}

/** A socket's path has 104 bytes on macOS, and Chromium needs 46 of them. */
const LONGEST_FOLDER = 56;
let launching = 0;
let before: string | undefined;

/** Playwright makes a browser's profile in the temporary folder, and takes no other: for the launch, that is ours. */
async function inProfiles<T>(launch: (env: Record<string, string>) => Promise<T>): Promise<T> {
  const folder = await browserProfiles();
  if (launching === 0) before = process.env['TMPDIR'];
  launching += 1;
  process.env['TMPDIR'] = folder;
  try {
    // What the browser itself puts there is a socket, whose path may not be long.
    const isShort = folder.length < LONGEST_FOLDER;
    const env = Object.fromEntries(Object.entries(process.env).flatMap(toPair));
    return await launch(isShort ? env : { ...env, TMPDIR: dirname(folder) });
  } finally {
    launching -= 1;
    if (launching === 0 && before === undefined) delete process.env['TMPDIR'];
    else if (launching === 0) process.env['TMPDIR'] = before;
  }
}

function toPair([name, value]: [string, string | undefined]): [string, string][] {
  return value === undefined ? [] : [[name, value]];
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
    ...onWindows(),
    chromium.executablePath(),
  ];
  for (const candidate of candidates) {
    if (canRun(candidate)) return candidate;
  }
  throw new UserError(
    'no-browser',
    `No Chromium was found. Looked for ${toPlaces(given)}, and Playwright's own (${chromium.executablePath()}).`,
    'Install one: "apt install chromium", "brew install --cask chromium", or "npx playwright install chromium". ' +
      'One that is elsewhere: CHROMIUM=/path/to/chromium deckhand …',
  );
}

function onWindows(): string[] {
  const folders = WINDOWS_FOLDERS.flatMap((name) => process.env[name] ?? []);
  return WINDOWS.flatMap((path) => folders.map((folder) => join(folder, path)));
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
