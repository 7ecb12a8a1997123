import { access } from 'node:fs/promises';
import { chromium } from 'playwright';
import { canInstall, distribution, ensurePackages } from './packages.ts';
import { type Log, run, which } from './shell.ts';

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

async function find(): Promise<string | undefined> {
  const installed = await which('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable');
  // Ubuntu's chromium-browser is a script that asks for snap, which containers and CI machines lack.
  if (installed !== undefined && (await works(installed))) return installed;
  const own = chromium.executablePath();
  return (await exists(own)) ? own : undefined;
}

async function works(file: string): Promise<boolean> {
  return run(file, ['--version']).then(
    (text) => /\d+\.\d+/u.test(text),
    () => false,
  );
}

/** The browser for the tests: the system's, else Playwright's own, else installed now if that is possible. */
export async function prepareChromium(log: Log): Promise<string | undefined> {
  const found = await find();
  if (found !== undefined) return found;
  if (!(await canInstall())) return undefined;
  if ((await distribution()) === 'debian') {
    await ensurePackages(['chromium', 'fonts-dejavu'], log);
  } else {
    log('installing Chromium (playwright install --with-deps chromium)');
    await run('npx', ['playwright', 'install', '--with-deps', 'chromium']);
  }
  return find();
}
