import { chromium } from 'playwright';
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox','--disable-gpu'] });
const p = await b.newPage({ viewport: { width: 1280, height: 720 } });
await p.goto('http://localhost:4999/?view=print&size=16%3A9&notes=none', { waitUntil: 'commit' });
await p.waitForSelector('html[data-print-ready]', { state: 'attached' });
console.log(JSON.stringify(await p.evaluate(() => [globalThis.mm, Math.round(performance.now())])));
await b.close();
