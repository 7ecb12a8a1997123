import { connect, headers, type Msg, type NatsConnection } from '@nats-io/transport-node';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { deckhand, present } from '../e2e/deckhand.ts';
import { makeFolder } from '../engine/test-engine.ts';
import { follow, startNats, withKey } from '../e2e/relay.ts';

/** Somebody else who may use the NATS server. */
class Attacker implements AsyncDisposable {
  readonly heard: { subject: string; message: Msg }[] = [];
  readonly nats: NatsConnection;

  private constructor(nats: NatsConnection) {
    this.nats = nats;
    nats.subscribe('deckhand.>', {
      callback: (_error, message) => {
        this.heard.push({ subject: message.subject, message });
      },
    });
  }

  static async join(url: string): Promise<Attacker> {
    return new Attacker(await connect({ servers: url }));
  }

  count(subject: string): number {
    return this.heard.filter((one) => one.subject === subject).length;
  }

  /** Sends again what was heard, as it was. */
  replay(messages: readonly Msg[]): void {
    for (const { subject, data, headers: head } of messages) {
      this.nats.publish(subject, data, head === undefined ? {} : { headers: head });
    }
  }

  /** Says what only the presenter may say. */
  forge(subject: string, value: unknown, fields: Record<string, string>): void {
    const head = headers();
    for (const [name, field] of Object.entries({ piece: '0', of: '1', ...fields })) head.set(name, field);
    head.set('signature', Buffer.alloc(64, 7).toString('base64url'));
    this.nats.publish(subject, JSON.stringify(value), { headers: head });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.nats.close();
  }
}

const position = (h: number) => ({ h, v: 0, f: -1 });

test('nobody at the relay but the presenter moves a follower, forged or sent again @relay', async ({
  page,
  context,
}) => {
  await using nats = await startNats();
  await using attacker = await Attacker.join(nats.url);
  await using made = await makeFolder({ 'talk.md': '## One\n\n## Two\n\n## Three\n\n## Four\n\n## Five\n' });
  await using talk = await present([join(made.folder, 'talk.md'), '--engine', 'none', '--relay', nats.url]);
  await using follower = await follow(await withKey(nats.url));
  await page.goto(`http://127.0.0.1:${follower.port}/follow`);
  await expect(page.locator('.reveal')).toHaveClass(/ready/);
  const shown = page.locator('.reveal .slides > section.present');
  const speaker = await context.newPage();
  await speaker.goto(talk.url);
  await expect(speaker.locator('.reveal')).toHaveClass(/ready/);
  await speaker.keyboard.press('PageDown');
  await expect(page.locator('.reveal .slides > section').nth(1)).toHaveClass(/present/);
  const title = await shown.textContent();

  // What the presenter itself has said, once more: the start of the talk is over.
  attacker.replay(attacker.heard.map(({ message }) => message));
  const stage = attacker.heard
    .filter(({ subject }) => subject === 'deckhand.talk.live')
    .map(({ message }) => ({ message, text: message.string() }))
    .findLast(({ text }) => text.includes('"position"'));
  if (stage === undefined) throw new Error('The relay told no stage.');
  const told = JSON.parse(stage.text) as { data: object };
  const instance = stage.message.headers?.get('instance') ?? '';
  const next = Number(stage.message.headers?.get('number')) + 1;
  for (let number = next; number < next + 5; number += 1) {
    const forged = { event: 'stage', data: { ...told.data, position: position(4) } };
    attacker.forge('deckhand.talk.live', forged, { instance, number: String(number) });
  }
  const changed = new Uint8Array(stage.message.data);
  changed[stage.text.indexOf('"h":') + 4] = '7'.charCodeAt(0);
  const head = stage.message.headers;
  attacker.nats.publish('deckhand.talk.live', changed, head === undefined ? {} : { headers: head });
  await attacker.nats.flush();

  // Only what comes in order after all of that shows that none of it was taken.
  await speaker.keyboard.press('PageDown');
  await expect(page.locator('.reveal .slides > section').nth(2)).toHaveClass(/present/);
  await speaker.keyboard.press('PageUp');
  await expect(page.locator('.reveal .slides > section').nth(1)).toHaveClass(/present/);
  expect(await shown.textContent()).toBe(title);
});

test('a storm of questions is answered a few times, and a name that the deck lacks not at all @relay', async () => {
  await using nats = await startNats();
  await using attacker = await Attacker.join(nats.url);
  await using talk = await present(['--engine', 'none', '--relay', nats.url]);
  await expect.poll(() => attacker.count('deckhand.talk.live')).toBeGreaterThan(0);
  const name = (i: number) => `somebody-new-${String(i).padStart(8, '0')}`;
  for (let i = 0; i < 5000; i += 1) {
    attacker.nats.publish('deckhand.talk.now', name(i));
    attacker.nats.publish('deckhand.talk.file', `/img/${i}.png`);
    attacker.nats.publish('deckhand.talk.file', '/img/docker-logo.svg\u0000');
  }
  await attacker.nats.flush();
  await expect.poll(() => attacker.count('deckhand.talk.everything')).toBeGreaterThan(0);
  const beats = attacker.count('deckhand.talk.live');
  await expect.poll(() => attacker.count('deckhand.talk.live')).toBeGreaterThan(beats + 2);
  expect(attacker.count('deckhand.talk.everything')).toBeLessThan(12);
  expect(attacker.count('deckhand.talk.file-answer')).toBe(0);
  expect(talk.process.exitCode).toBeNull();
});

test('follow asks for the key of the talk, and keeps the password out of the process list @relay', async () => {
  const refused = await deckhand(['follow', '--relay', 'nats://127.0.0.1:9/t', '--port', '0']);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('has no key of the talk');
  const warned = await deckhand(['follow', '--relay', 'nats://me:s3cret@127.0.0.1:9/t', '--port', '0']);
  expect(warned.stderr).toContain('Put the address into DECKHAND_RELAY');
  await using nats = await startNats();
  await using talk = await present(['--engine', 'none', '--relay', nats.url]);
  process.env['DECKHAND_RELAY'] = await withKey(nats.url.replace('nats://', 'nats://me:s3cret@'));
  try {
    await using follower = await follow();
    const list = await readFile(`/proc/${follower.process.pid}/cmdline`, 'utf8');
    expect(list).toContain('follow');
    expect(list).not.toContain('s3cret');
    expect(talk.process.exitCode).toBeNull();
  } finally {
    delete process.env['DECKHAND_RELAY'];
  }
});
