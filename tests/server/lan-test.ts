import { request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { compileDeck } from '../../src/deck/compile.ts';
import { withoutNotes } from '../../src/deck/without-notes.ts';
import { Lan, type LanOptions } from '../../src/server/lan/lan.ts';
import type { Answer } from './test-server.ts';
import { TestServer } from './test-server.ts';

export const HOST = '127.0.0.2';

const DECK = `% A talk

# One

::: notes
SECRET
:::

![p](img/shown.png)

# Two
`;

export interface AskedOfLan {
  method?: string;
  path: string;
  headers?: Record<string, string>;
  /** With the cookie of a phone that `pair` has paired. */
  isPaired?: boolean;
  /** Without the token of our own pages. */
  isForeign?: boolean;
  body?: unknown;
  /** Another address of this machine to come from. */
  from?: string;
}

/** The second listener of a test server, on a loopback address of its own. */
export class LanTest implements AsyncDisposable {
  readonly server: TestServer;
  readonly lan: Lan;
  readonly #token: () => string;
  cookie = '';

  private constructor(server: TestServer, lan: Lan, token: () => string) {
    this.server = server;
    this.lan = lan;
    this.#token = token;
  }

  static async open(options: Partial<LanOptions> = {}, files: Record<string, string> = {}): Promise<LanTest> {
    const server = await TestServer.open(files);
    const deck = compileDeck(DECK);
    server.context.deck = { deck, version: 4, diagnostics: [] };
    let token = '';
    const lan = await Lan.open(server.context, {
      isRemote: true,
      isAudience: true,
      host: HOST,
      port: 0,
      likedPort: 0,
      withoutNotes,
      pages: (made) => {
        token = made;
        return {
          pair: () => 'pair page',
          remote: () => `remote page ${deck.stacks.join()}`,
          slides: () => 'slides page',
          follow: (audience) => `follow page ${audience.snapshot.deck.stacks.join()}`,
        };
      },
      ...options,
    });
    server.context.lan = lan;
    return new LanTest(server, lan, () => token);
  }

  get app(): Lan['app'] {
    return this.lan.app;
  }

  get port(): number {
    return Number(new URL(this.lan.state.origin ?? '').port);
  }

  get code(): string {
    return this.lan.state.remote?.code ?? '';
  }

  async send(asked: AskedOfLan): Promise<IncomingMessage> {
    const {
      method = 'GET',
      path,
      headers = {},
      isPaired = false,
      isForeign = false,
      body,
      from = HOST,
    } = asked;
    const sent = {
      Host: `${HOST}:${this.port}`,
      ...(isForeign ? {} : { 'X-Deckhand-Token': this.#token() }),
      ...(isPaired ? { Cookie: this.cookie } : {}),
      ...headers,
    };
    return new Promise((resolve, reject) => {
      const to = { host: HOST, port: this.port, localAddress: from };
      const outgoing = request({ ...to, method, path, headers: sent }, resolve);
      outgoing.on('error', reject);
      outgoing.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  /** The answer; of one that goes on, its head. */
  async ask(asked: AskedOfLan): Promise<Answer> {
    const response = await this.send(asked);
    const { headers, statusCode = 0 } = response;
    if (/event-stream/.test(headers['content-type'] ?? '')) {
      response.destroy();
      return { status: statusCode, headers, text: '', json: {} };
    }
    const content = await text(response);
    const isJson = /json/.test(headers['content-type'] ?? '');
    const json = (isJson ? JSON.parse(content) : {}) as Record<string, unknown>;
    return { status: statusCode, headers, text: content, json };
  }

  async pair(code = this.code, from = HOST): Promise<Answer> {
    const answer = await this.ask({ method: 'POST', path: '/remote/pair', body: { code }, from });
    const [cookie] = answer.headers['set-cookie'] ?? [];
    if (cookie !== undefined) this.cookie = cookie.split(';')[0] ?? '';
    return answer;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.lan.close();
    await this.server[Symbol.asyncDispose]();
  }
}
