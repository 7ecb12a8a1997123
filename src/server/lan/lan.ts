import { steadyNow } from '../steady-now.ts';
import { randomBytes } from 'node:crypto';
import type { LanState } from '../../stage/lan-state.ts';
import { FanOut, sendAll } from '../follow/fan-out.ts';
import { talkFiles } from '../follow/talk-files.ts';
import { watchTalk } from '../follow/watch-talk.ts';
import type { Audience } from '../follow/audience.ts';
import type { LanControl, ServerContext } from '../server-context.ts';
import { createLanApp, type LanContext } from './lan-app.ts';
import { LanListener } from './lan-listener.ts';
import { Pairing } from './pairing.ts';
import type { RemoteContext } from './remote-routes.ts';

export interface LanOptions {
  isRemote: boolean;
  isAudience: boolean;
  host: string | undefined;
  port: number | undefined;
  likedPort: number;
  /** How many connections of the audience one address may have. */
  mostOf?(address: string): number;
  /** A page's HTML without what is the speaker's. */
  withoutNotes(html: string): string;
  /** `token` is what pages on other devices carry. */
  pages(token: string): RemoteContext['pages'] & { follow(audience: Audience): string };
}

/** The speaker is told at most this often, in ms: phones and followers come and go by the hundred. */
const TELL_MS = 250;

/** A room behind one address still fits in; on this machine it is a proxy, or a test of many. */
function mostConnections(address: string): number {
  return /^(?:::ffff:)?127\.|^::1$/.test(address) ? Infinity : 200;
}

const NO_NETWORK =
  'This machine is in no network: join the Wi-Fi, or the phone’s hotspot. The address then shows here.';

/** The second listener with all that stands behind it. */
export class Lan implements LanControl {
  readonly #server: ServerContext;
  readonly #pairing: Pairing | undefined;
  readonly #fanOut: FanOut | undefined;
  #listener: LanListener | undefined;
  #told: NodeJS.Timeout | undefined;
  readonly app: ReturnType<typeof createLanApp>;

  private constructor(server: ServerContext, options: LanOptions) {
    const { isRemote, isAudience } = options;
    const onChange = () => this.#tellSoon();
    this.#server = server;
    this.#pairing = isRemote ? new Pairing({ now: steadyNow, onChange }) : undefined;
    this.#fanOut = isAudience ? new FanOut({ onChange }) : undefined;
    this.app = createLanApp(this.#toContext(options));
  }

  /** Listens. Throws a `UserError` when it can't. */
  static async open(server: ServerContext, options: LanOptions): Promise<Lan> {
    const lan = new Lan(server, options);
    const { host, port, likedPort } = options;
    const onChange = () => lan.#tellSoon();
    lan.#listener = await LanListener.open({ host, port, likedPort, fetch: lan.app.fetch, onChange });
    return lan;
  }

  get state(): LanState {
    const { address, port } = this.#listener ?? {};
    const place = address === undefined ? { problem: NO_NETWORK } : { origin: `http://${address}:${port}` };
    return {
      ...place,
      ...(this.#pairing === undefined ? {} : { remote: this.#pairing.state }),
      ...(this.#fanOut === undefined ? {} : { audience: { followers: this.#fanOut.size } }),
    };
  }

  takeBack(device: string): void {
    this.#pairing?.takeBack(device);
  }

  close(): void {
    clearTimeout(this.#told);
    this.#pairing?.close();
    this.#fanOut?.close();
    this.#listener?.close();
  }

  #toContext({ pages, withoutNotes, mostOf = mostConnections }: LanOptions): LanContext {
    const server = this.#server;
    const token = randomBytes(24).toString('base64url');
    const made = pages(token);
    const context: LanContext = {
      token,
      isOurHost: (host) => this.state.origin === `http://${host}`,
      browserFolder: server.browserFolder,
      reportBug: server.reportBug,
      files: talkFiles(server),
    };
    if (this.#pairing !== undefined) context.remote = { server, pairing: this.#pairing, pages: made };
    if (this.#fanOut !== undefined) {
      const audience = watchTalk(server, withoutNotes);
      sendAll(audience, this.#fanOut);
      const page = () => made.follow(audience);
      context.follow = { ...talkFiles(server), audience, fanOut: this.#fanOut, page, mostOf };
    }
    return context;
  }

  #tellSoon(): void {
    if (this.#told !== undefined) return;
    this.#told = setTimeout(() => {
      this.#told = undefined;
      this.#server.stage.tell({ event: 'lan', data: this.state });
    }, TELL_MS);
    this.#told.unref();
  }
}
