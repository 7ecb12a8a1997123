import './layers.css';
import { html, nothing, type TemplateResult } from 'lit';
import { isOver } from '../../../demo/run/run-event.ts';
import { toLayerStack, type LayerStack, type LayerView } from '../../../demo/run/layer-stack.ts';
import type { ReplicaView } from '../../../demo/run/run-view.ts';
import type { DemoAction } from '../session/demo-action.ts';
import type { PanelSession } from '../session/panel-session.ts';
import { toDuration, toSize } from './to-duration.ts';

/** What the engine starts side by side at most. */
const MOST = 4;

/** Image and containers, as class and objects: the layers on one side, what was made from them on the other. */
export function layersView(
  session: PanelSession,
  isActive: boolean,
  act: (action: DemoAction) => void,
): TemplateResult {
  const { view } = session;
  const service = view.replicas[0]?.service ?? view.sources[0]?.service ?? '';
  const stack = toLayerStack(view.steps, service);
  if (stack.layers.length === 0) {
    return html`<p class="panel-empty">The image’s layers show here as they are built.</p>`;
  }
  return html`<div class="layers">
    <div class="layers-image">
      <h3>One image <span>the class</span></h3>
      <ol class="layers-stack">
        ${stack.layers.toReversed().map((layer) => layerRow(layer, stack))}
      </ol>
      <p class="layers-sum"><b>${toSize(stack.bytes)}</b> read-only${settingsWords(stack)}</p>
    </div>
    <div class="layers-containers">
      <h3>Containers <span>its objects</span></h3>
      <div class="layers-cards">
        ${slots(session).map((replica) =>
          replica === undefined ? emptySlot(session, isActive, act) : card(replica, session),
        )}
      </div>
      <p class="layers-sum">${sumWords(view.replicas, stack.bytes)}</p>
    </div>
  </div>`;
}

function layerRow({ name, bytes, isBase, state }: LayerView, stack: LayerStack): TemplateResult {
  const largest = Math.max(1, ...stack.layers.map((layer) => layer.bytes));
  const share = Math.max(0.6, (bytes / largest) * 100).toFixed(1);
  return html`<li data-base=${isBase} data-state=${state}>
    <i style="width:${share}%"></i><code>${name}</code><b>${bytes === 0 ? '' : toSize(bytes)}</b>
  </li>`;
}

function settingsWords({ settings }: LayerStack): string {
  if (settings === 0) return '';
  return `, and ${settings} ${settings === 1 ? 'setting' : 'settings'} without a layer`;
}

/** The containers there are, and one place for the next. */
function slots({ view }: PanelSession): (ReplicaView | undefined)[] {
  const { replicas, phase } = view;
  return replicas.length < MOST && phase === 'ready' ? [...replicas, undefined] : replicas;
}

function card(replica: ReplicaView, { view, runTime }: PanelSession): TemplateResult {
  const { service, number, state, url, hostname, pidOnHost, ownBytes, since } = replica;
  const isGone = state === 'ended' || (view.phase !== 'idle' && isOver(view.phase));
  const up = state === 'starting' ? 'starting' : `up ${toDuration(Math.max(0, runTime - since))}`;
  return html`<div class="layers-card" data-state=${isGone ? 'ended' : state}>
    <p class="layers-where"><span>${number}</span>${place(url) ?? service}</p>
    <dl>
      <dt>hostname</dt>
      <dd>${hostname.slice(0, 12)}</dd>
      <dt>process</dt>
      <dd>${pidOnHost}, inside 1</dd>
      <dt>state</dt>
      <dd>${isGone ? 'ended' : up}</dd>
    </dl>
    <p class="layers-own">${ownWords(ownBytes)}</p>
  </div>`;
}

function ownWords(bytes: number | undefined): TemplateResult | typeof nothing {
  if (bytes === undefined) return nothing;
  return bytes === 0 ? html`nothing of its own yet` : html`<b>+ ${toSize(bytes)}</b> of its own`;
}

/** `127.0.0.1:49153`; undefined without a port. */
function place(url: string | undefined): string | undefined {
  return url === undefined ? undefined : new URL(url).host;
}

function emptySlot(
  { origin, view }: PanelSession,
  isActive: boolean,
  act: (action: DemoAction) => void,
): TemplateResult {
  if (origin !== 'live' || !isActive) return html`<div class="layers-slot"></div>`;
  const another = view.replicas.length === 0 ? 'Start one' : 'Start another';
  return html`<button
    class="layers-slot"
    title="${another} (M)"
    ?disabled=${view.replicas.length === 0}
    @click=${() => act('replica')}
  >
    <span aria-hidden="true">+</span> ${another}
  </button>`;
}

function sumWords(replicas: readonly ReplicaView[], image: number): TemplateResult | string {
  if (replicas.length === 0) return 'None yet: a class without an object.';
  const own = replicas.reduce((sum, { ownBytes }) => sum + (ownBytes ?? 0), 0);
  const many = replicas.length === 1 ? '1 container' : `${replicas.length} containers`;
  return html`${many}: <b>${toSize(image)}</b> once, and <b>${toSize(own)}</b> of their own`;
}
