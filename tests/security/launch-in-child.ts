import { execFileSync } from 'node:child_process';
import { launchChromium } from '../../src/chromium/chromium.ts';

/** A process of ours with a browser: it cleans up when it is told to end, as Deckhand does. */
const browser = await launchChromium();
await browser.newPage();
process.stdout.write('launched\n');
if (process.argv[2] === 'arguments') {
  process.stdout.write(execFileSync('ps', ['-o', 'args=', '--ppid', String(process.pid)]).toString());
  await browser.close();
} else {
  await new Promise((resolve) => {
    process.on('SIGINT', resolve);
  });
  // As long as a container takes.
  await new Promise((resolve) => {
    setTimeout(resolve, 300);
  });
  process.stdout.write('cleaned up\n');
  await browser.close();
  process.exit(7);
}
