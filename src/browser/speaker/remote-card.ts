import { html, nothing, type TemplateResult } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import { renderSVG } from 'uqr';
import {
  toPairingAddress,
  toReadableCode,
  type Guesses,
  type LanState,
  type PairedDevice,
  type RemoteState,
} from '../../stage/lan-state.ts';
import type { CallApi } from '../stage/api.ts';
import type { StageClient } from '../stage/stage-client.ts';

interface CardContext {
  stage: StageClient;
  call: CallApi;
  redraw(): void;
}

/** Other devices, for the speaker: codes to scan, paired phones to take back, who follows, and who guesses codes. */
export class RemoteCard {
  readonly #context: CardContext;
  #lan: LanState | undefined;
  #isOpen = false;

  constructor(context: CardContext) {
    this.#context = context;
    context.stage.listen({
      lan: (lan) => {
        this.#lan = lan;
        context.redraw();
      },
    });
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  close(): void {
    this.#isOpen = false;
    this.#context.redraw();
  }

  /** A button, with the card below it when it is open; nothing when Deckhand was started without it. */
  view(): TemplateResult | typeof nothing {
    const lan = this.#lan;
    if (lan === undefined) return nothing;
    const toggle = () => {
      this.#isOpen = !this.#isOpen;
      this.#context.redraw();
    };
    const guesses = lan.remote?.guesses;
    return html`<span class="devices">
      <button aria-expanded=${this.#isOpen} ?data-alert=${isAlarming(guesses)} @click=${toggle}>
        ${summary(lan)}
      </button>
      ${this.#isOpen ? this.#card(lan) : nothing}
    </span>`;
  }

  #card({ origin, problem, remote, audience }: LanState): TemplateResult {
    return html`<section class="devices-card" aria-label="Other devices">
      ${origin === undefined ? html`<p class="devices-problem">${problem}</p>` : nothing}
      ${remote === undefined ? nothing : this.#remote(remote, origin)}
      ${audience === undefined || origin === undefined ? nothing : audienceView(`${origin}/follow`, audience.followers)}
    </section>`;
  }

  #remote(remote: RemoteState, origin: string | undefined): TemplateResult {
    const { devices, guesses, code, expiresAt } = remote;
    return html`<div class="devices-part">
      <h2>Your phone</h2>
      ${guesses === undefined ? nothing : guessesView(guesses)}
      ${devices.map((device) => this.#device(device))}
      ${
        origin === undefined
          ? nothing
          : html`${qr(toPairingAddress(origin, code))}
              <p>
                Scan it with the phone’s camera, or open <b>${origin}/remote</b> and type
                <b class="devices-code">${toReadableCode(code)}</b>.
              </p>
              <p class="devices-soft">
                Pairs one phone, ${this.#timeLeft(expiresAt)}; then comes the next code.
              </p>`
      }
    </div>`;
  }

  #timeLeft(expiresAt: number): string {
    const seconds = Math.max(0, Math.round((expiresAt - this.#context.stage.now()) / 1000));
    return `for ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')} more`;
  }

  #device({ id, name, address, isConnected }: PairedDevice): TemplateResult {
    const takeBack = () => {
      // Gone already is as good as taken back; the list says which are left.
      void this.#context.call('DELETE', `/devices/${id}`).catch(() => undefined);
    };
    return html`<p class="devices-phone" ?data-away=${!isConnected}>
      <b>${name}</b>
      <span class="devices-soft">${address}, ${isConnected ? 'connected' : 'asleep or away'}</span>
      <button @click=${takeBack}>Unpair</button>
    </p>`;
  }
}

/** A code that was mistyped is no news while the card is closed. */
function isAlarming(guesses: Guesses | undefined): boolean {
  return guesses !== undefined && guesses.count >= 5;
}

/** What the button says while the card is closed. */
function summary({ origin, remote, audience }: LanState): string {
  if (isAlarming(remote?.guesses)) return `Phone: ${remote?.guesses?.count} wrong codes`;
  if (origin === undefined) return 'No network';
  const connected = remote?.devices.filter((device) => device.isConnected).length ?? 0;
  const phone = remote === undefined ? [] : [connected > 0 ? 'Phone paired' : 'Pair a phone'];
  return [...phone, ...(audience === undefined ? [] : [`${audience.followers} follow`])].join(', ');
}

function guessesView({ count, addresses, lastAt }: Guesses): TemplateResult {
  const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' }).format(lastAt);
  const from = addresses.length === 0 ? '' : ` from ${addresses.join(', ')}`;
  return html`<p class="devices-problem" role="alert">
    <b>${count} wrong pairing ${count === 1 ? 'code was' : 'codes were'} tried${from}</b>, last at ${time}.
    Deckhand slows that down; paired phones are listed here.
  </p>`;
}

function audienceView(address: string, followers: number): TemplateResult {
  return html`<div class="devices-part">
    <h2>The audience</h2>
    ${qr(address)}
    <p><b>${address}</b></p>
    <p class="devices-soft">${followers === 1 ? '1 device follows' : `${followers} devices follow`}.</p>
  </div>`;
}

function qr(text: string): TemplateResult {
  return html`<div class="devices-qr">${unsafeHTML(renderSVG(text, { border: 2 }))}</div>`;
}
