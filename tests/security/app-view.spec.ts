import { expect, test, type FrameLocator, type Locator, type Page } from '@playwright/test';
import { showApp } from './shown-app.ts';

function frameOf(page: Page): FrameLocator {
  return page.frameLocator('section.present .app-frame');
}

/** An app can be clicked when the mouse has come to it. */
async function click(page: Page, find: (frame: FrameLocator) => Locator): Promise<void> {
  await page.mouse.move(5, 5);
  await page.locator('section.present app-frame').hover();
  await find(frameOf(page)).click();
}

test('keys pressed in an app reach the deck, and typing stays in the app', async ({ page }) => {
  await using deck = await showApp(
    '<!doctype html><title>App</title><input aria-label="Name"><a href="/next">Next page</a>',
  );
  await deck.start(page);
  const name = frameOf(page).getByLabel('Name');
  await click(page, (frame) => frame.getByLabel('Name'));
  await page.keyboard.type('b. is text');
  await expect(name).toHaveValue('b. is text');
  await page.keyboard.press('PageDown');
  await expect(page).toHaveURL(/#\/after$/);
  await page.keyboard.press('PageUp');
  await expect(page).toHaveURL(/#\/app$/);
  // The page that a link leads to tells its keys too.
  await click(page, (frame) => frame.getByText('Next page'));
  await expect.poll(() => deck.asked).toContain('GET /next');
  await click(page, (frame) => frame.getByLabel('Name'));
  await page.keyboard.press('PageDown');
  await expect(page).toHaveURL(/#\/after$/);
});

/** Everything that an app could try without anybody having pressed a key; `/leak` says that it found the frame's key. */
const FORGER = `<!doctype html><title>Forger</title><button>Press me</button><script>
const keys = ['PageDown', 'b', 'Escape', 'F5'];
const heard = [];
for (const name of ['postMessage']) {
  const real = MessagePort.prototype[name];
  MessagePort.prototype[name] = function (...all) { heard.push(this); return real.apply(this, all); };
}
const listen = EventTarget.prototype.addEventListener;
EventTarget.prototype.addEventListener = function (type, hear, ...rest) {
  if (type === 'keydown') hear({ isTrusted: true, key: 'PageDown' });
  return listen.call(this, type, hear, ...rest);
};
Object.defineProperty(KeyboardEvent.prototype, 'key', { get: () => 'PageDown' });
const leak = (text, where) => { const key = /"([0-9a-f]{32})"/.exec(text)?.[1]; if (key) { fetch('/leak/' + where); forge(key); } };
const forge = (key) => {
  for (const pressed of keys) {
    parent.postMessage({ type: 'deckhand-clicker', key: pressed }, '*');
    const { port1, port2 } = new MessageChannel();
    parent.postMessage({ type: 'deckhand-app', key }, '*', [port2]);
    port1.postMessage(pressed);
    for (const port of [...heard]) port.postMessage(pressed);
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: pressed, bubbles: true }));
  }
};
leak(document.documentElement.outerHTML, 'document');
leak(name + location.href + document.referrer + document.cookie + JSON.stringify(performance.getEntries()), 'traces');
const attack = async () => {
  forge('');
  for (const cache of ['default', 'force-cache', 'only-if-cached'])
    await fetch(location.href, { cache, mode: 'same-origin' }).then((a) => a.text()).then((text) => leak(text, 'fetch'), () => {});
  await fetch('/.deckhand/keys.js').then((a) => a.text()).then((text) => leak(text, 'script'), () => {});
  await navigator.serviceWorker?.register('/worker.js').then(() => fetch('/leak/worker'), () => {});
  const inner = document.createElement('iframe');
  inner.onload = () => { leak(inner.contentDocument.documentElement.outerHTML, 'frame'); fetch('/done'); };
  inner.src = '/inner';
  document.body.append(inner);
};
document.querySelector('button').onclick = attack;
attack();
</script>`;

test('an app can not forge a key: no message, event, port or patched function of its own counts', async ({
  page,
}) => {
  await using deck = await showApp((request, response) => {
    const isPage = request.url === '/' || request.url === '/inner';
    response.setHeader('Content-Type', isPage ? 'text/html' : 'text/javascript');
    response.end(request.url === '/' ? FORGER : request.url === '/inner' ? '<!doctype html><p>Inner' : '');
  });
  await deck.start(page);
  const done = () => deck.asked.filter((one) => one === 'GET /done').length;
  await expect.poll(done).toBe(1);
  // A person who presses on it gives it no more: not their activation either.
  await click(page, (frame) => frame.getByRole('button'));
  await expect.poll(done).toBe(2);
  expect(deck.asked.filter((one) => one.includes('leak'))).toEqual([]);
  await expect(page).toHaveURL(/#\/app$/);
  await expect(page.locator('.reveal')).not.toHaveClass(/paused|overview/);
  // What is typed is what it is, whatever the app says of it; a real key of the clicker counts.
  await page.keyboard.press('a');
  await expect(page).toHaveURL(/#\/app$/);
  await page.keyboard.press('PageDown');
  await expect(page).toHaveURL(/#\/after$/);
});

/** Reads its frame's key where no script takes it out, then goes on as a page that has none of ours. */
const IMPOSTOR = `<!doctype html><title>Impostor</title><input autofocus aria-label="Name"><script>
const inner = document.createElement('iframe');
inner.sandbox = 'allow-same-origin';
inner.src = '/inner';
inner.onload = () => {
  const key = /"([0-9a-f]{32})"/.exec(inner.contentDocument.documentElement.outerHTML)?.[1];
  fetch(key ? '/key' : '/none');
  const attack = (key) => {
    const { port1, port2 } = new MessageChannel();
    parent.postMessage({ type: 'deckhand-app', key }, '*', [port2]);
    port1.onmessage = () => port1.postMessage('here');
    setInterval(() => {
      window.focus();
      document.querySelector('input').focus();
      port1.postMessage('pointer');
      port1.postMessage('PageDown');
    }, 20);
  };
  location.href = 'javascript:' + encodeURIComponent(JSON.stringify('<input><script>(' + attack + ')("' + key + '")<' + '/script>'));
};
document.body.append(inner);
</script>`;

test('an app that has found its frame’s key presses no key of the talk with it', async ({ page }) => {
  await using deck = await showApp((request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end(request.url === '/' ? IMPOSTOR : '<!doctype html><p>Inner');
  });
  await page.mouse.move(5, 5);
  await deck.start(page);
  // Should it find none, this test would look at nothing: then the attack is another one.
  await expect.poll(() => deck.asked).toContain('GET /key');
  // What a speaker does in the deck is none of the app's business; each press would do for five seconds of its own.
  for (let press = 0; press < 6; press += 1) {
    await page.keyboard.press('x');
    await page.waitForTimeout(500);
  }
  await expect(page).toHaveURL(/#\/app$/);
});

test('an app that writes its page anew still tells the clicker’s keys', async ({ page }) => {
  const anew =
    '<!doctype html><button onclick="document.open(); document.write(\'<input aria-label=Name>\'); document.close()">Anew</button>';
  await using deck = await showApp(anew);
  await deck.start(page);
  await click(page, (frame) => frame.getByRole('button'));
  await click(page, (frame) => frame.getByLabel('Name'));
  await expect(async () => {
    await page.keyboard.press('PageDown');
    await expect(page).toHaveURL(/#\/after$/, { timeout: 500 });
  }).toPass();
});

test('an app that takes the focus in a loop gets no key of the talk', async ({ page }) => {
  const loop = `<!doctype html><input id="i" aria-label="Name"><script>
    addEventListener('keydown', (event) => fetch('/key/' + event.key));
    setInterval(() => { window.focus(); i.focus(); }, 1);
  </script>`;
  await using deck = await showApp(loop);
  await deck.start(page);
  const notice = page.locator('section.present app-frame');
  await expect(async () => {
    if ((await notice.textContent())?.includes('keeps taking the keyboard') === true) return;
    // An app that somebody has used a moment ago gets more from the browser. This one may be shut out by then.
    await notice.hover({ timeout: 2000 });
    await frameOf(page).getByLabel('Name').click({ timeout: 2000 });
    await page.mouse.move(5, 5);
    await expect(notice).toContainText('keeps taking the keyboard', { timeout: 4000 });
  }).toPass({ timeout: 60_000 });
  await page.keyboard.press('ArrowRight');
  await expect(page).toHaveURL(/#\/after$/);
  await page.keyboard.press('ArrowLeft');
  await expect(page).toHaveURL(/#\/app$/);
  expect(deck.asked.filter((one) => one.includes('/key/Arrow'))).toEqual([]);
  await page.getByRole('button', { name: 'Show it again' }).click();
  await expect(frameOf(page).getByLabel('Name')).toBeAttached();
});

test('an app that leads its frame to the deck, the speaker view or another site is brought back @long', async ({
  page,
}) => {
  let to = '';
  await using deck = await showApp((request, response) => {
    response.setHeader('Content-Type', 'text/html');
    if (request.url === '/redirect') response.writeHead(302, { Location: to });
    response.end(`<!doctype html><h1>The app</h1><a id="go" href="/redirect">Go</a>`);
  });
  await deck.start(page);
  for (const path of ['speaker', '', 'demos/django/x.png', '?mirror=next']) {
    to = deck.url + path;
    await click(page, (frame) => frame.locator('#go'));
    await expect(page.locator('section.present .app-note')).toContainText('brought back');
    await expect(frameOf(page).locator('h1')).toHaveText('The app');
    const origins = page.frames().map((frame) => new URL(frame.url() || 'about:blank').origin);
    expect(origins.filter((origin) => origin === new URL(deck.url).origin)).toHaveLength(1);
    if (path === '?mirror=next') continue;
    await page.reload();
    await page.locator('section.present .app-frame').waitFor();
  }
});
