import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { compileDeck } from '../../src/deck/compile.ts';
import type { Deck } from '../../src/deck/deck.ts';
import { toOpenFile } from '../../src/talk/deck/open-files.ts';
import { withoutNotes } from '../../src/deck/without-notes.ts';
import type { DemoSummary } from '../../src/demo/demo-summary.ts';
import { Access } from '../../src/server/access/access.ts';
import { openInside } from '../../src/files/open-inside.ts';
import { createApp } from '../../src/server/app.ts';
import { listen } from '../../src/server/listen.ts';
import { Runs, type StartOptions } from '../../src/server/runs/runs.ts';
import { SafetyNet, type SafetyPlan } from '../../src/server/runs/safety-net.ts';
import type { ServerContext } from '../../src/server/server-context.ts';
import { Preflight } from '../../src/server/preflight.ts';
import { Stage } from '../../src/server/stage.ts';
import { TalkTimes } from '../../src/server/talk-times.ts';
import { toTalkPlan } from '../../src/stage/talk-plan.ts';
import type { FilePlaces } from '../../src/site/named-files.ts';
import { StandInRun } from './stand-in-run.ts';

const TALK = '% A talk\n\n# One\n\n![](img/a.png)\n\n# Two\n';

export const TOKEN = 'the-token-of-this-test';

const DJANGO: DemoSummary = { name: 'django', title: 'Django', views: ['app'], sources: [], canRun: true };

export interface Asked {
  method?: string;
  path: string;
  /** Beside Host; `token` adds ours. */
  headers?: Record<string, string>;
  token?: boolean;
  /** Comes from a browser that was never let in. */
  isStranger?: boolean;
  body?: unknown;
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  json: Record<string, unknown>;
}

/** A server of the real app on a free port, over a folder that the test fills. */
export class TestServer implements AsyncDisposable {
  readonly runs: StandInRun[] = [];
  readonly started: (StartOptions & { demo: string })[] = [];
  readonly bugs: unknown[] = [];
  readonly stage = new Stage(() => 1000);
  /** Thrown by the next start. */
  startError: Error | undefined;
  /** What can be done when a run fails; nothing, unless the test says. */
  plan: SafetyPlan | undefined;
  /** Whether there is a recording that can be kept. */
  canKeep = false;
  /** Lines at which the deck was opened in an editor. */
  readonly openedLines: number[] = [];
  readonly access = new Access('the-key-of-this-test');
  readonly folder: string;
  readonly context: ServerContext;
  port = 0;
  close: () => Promise<void> = async () => {};

  private constructor(folder: string, markdown: string) {
    this.folder = folder;
    this.context = this.#toContext(markdown);
  }

  /** `markdown` is the deck, which stands in `slides`. */
  static async open(files: Record<string, string> = {}, markdown = TALK): Promise<TestServer> {
    const server = new TestServer(await mkdtemp(join(tmpdir(), 'deckhand-server-')), markdown);
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(server.folder, name)), { recursive: true });
      await writeFile(join(server.folder, name), content);
    }
    for (const name of ['browser/assets', 'slides'])
      await mkdir(join(server.folder, name), { recursive: true });
    const { port, close } = await listen(createApp(server.context), 0);
    server.port = port;
    server.close = close;
    return server;
  }

  get #places(): FilePlaces {
    return { folders: [join(this.folder, 'slides'), this.folder], root: this.folder };
  }

  #toContext(markdown: string): ServerContext {
    const deck = compileDeck(markdown);
    const startRun = async (demo: string, options: StartOptions) => {
      this.started.push({ demo, ...options });
      if (this.startError !== undefined) throw this.startError;
      const run = new StandInRun();
      this.runs.push(run);
      return run;
    };
    const safetyNet = new SafetyNet(this.stage, () => this.plan);
    return {
      access: this.access,
      token: TOKEN,
      version: '1.2.3',
      instance: 'this-process',
      stage: this.stage,
      runs: new Runs(startRun, this.stage, safetyNet),
      safetyNet,
      deck: { deck, version: 4, diagnostics: [] },
      times: new TalkTimes(this.stage, () => deck.slides),
      plan: () => toTalkPlan(deck.slides),
      preflight: new Preflight(this.stage, async (screens) => {
        const checks = (await screens).map(({ page, width }) => ({
          name: page,
          state: 'green' as const,
          what: `${width}`,
          next: '',
        }));
        return { at: 1000, tookMs: 1, checks };
      }),
      demos: () => [DJANGO],
      newestSave: () => ({ event: 'deck', data: { title: deck.title, diagnostics: [], file: 'talk.md' } }),
      openRecording: (demo, file) => openInside(join(this.folder, 'demos', demo), join('recording', file)),
      keepRecording: async () => this.canKeep,
      openEditor: async (line) => void this.openedLines.push(line),
      pages: { deck: () => 'deck page', print: () => 'print page', speaker: () => 'speaker page' },
      browserFolder: join(this.folder, 'browser'),
      openFile: toOpenFile(() => this.context.deck.deck, this.#places),
      openShownFile: toOpenFile(() => this.shownDeck, this.#places),
      reportBug: (error) => this.bugs.push(error),
    };
  }

  private get shownDeck(): Pick<Deck, 'look' | 'stacks'> {
    const { deck } = this.context.deck;
    return { ...deck, stacks: deck.stacks.map(withoutNotes) };
  }

  /** The one stand-in run that was started last. */
  get run(): StandInRun {
    const run = this.runs.at(-1);
    if (run === undefined) throw new Error('No run was started');
    return run;
  }

  /** Sends a request as it is: no address is tidied up, no header added but Host. */
  async send(asked: Asked): Promise<IncomingMessage> {
    const { method = 'GET', path, headers = {}, token = false, isStranger = false, body } = asked;
    const host = headers['Host'] ?? `localhost:${this.port}`;
    const { name, value } = this.access.cookieFor(host);
    const sent = {
      Host: host,
      ...(isStranger ? {} : { Cookie: `${name}=${value}` }),
      ...(token ? { 'X-Deckhand-Token': TOKEN } : {}),
      ...headers,
    };
    return new Promise((resolve, reject) => {
      const outgoing = request({ host: '127.0.0.1', port: this.port, method, path, headers: sent }, resolve);
      outgoing.on('error', reject);
      outgoing.end(body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body));
    });
  }

  async ask(asked: Asked): Promise<Answer> {
    const response = await this.send(asked);
    const content = await text(response);
    const isJson = /json/.test(response.headers['content-type'] ?? '');
    const json = (isJson && content !== '' ? JSON.parse(content) : {}) as Record<string, unknown>;
    return { status: response.statusCode ?? 0, headers: response.headers, text: content, json };
  }

  post(path: string, body?: unknown): Promise<Answer> {
    return this.ask({ method: 'POST', path, token: true, body });
  }

  /** Starts the demo `django`; returns the run's id. */
  async start(): Promise<string> {
    const { json } = await this.post('/api/demos/django/runs');
    return String(json['id']);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const run of this.runs) run.end();
    await this.close();
    await rm(this.folder, { recursive: true });
  }
}
