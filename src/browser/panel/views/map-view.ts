import './map.css';
import { html, nothing, svg, type TemplateResult } from 'lit';
import { isOver, type ServiceFacts } from '../../../demo/run/run-event.ts';
import type { RunView } from '../../../demo/run/run-view.ts';
import type { DemoAction } from '../session/demo-action.ts';
import type { PanelSession } from '../session/panel-session.ts';
import { serviceColour } from './service-colour.ts';
import { toSize } from './to-duration.ts';

const STATE_WORDS: Record<ServiceFacts['state'], string> = {
  waiting: 'waits its turn',
  starting: 'starting',
  running: 'runs',
  healthy: 'healthy',
  unhealthy: 'unhealthy',
  restarting: 'comes back',
  stopped: 'stopped',
  killed: 'killed',
  ended: 'ended',
};

/** In parts of a thousand of the drawing. */
const SIDE = 1000;

interface Place {
  x: number;
  y: number;
}

/** The services of a project and what each waits for: those that need nothing on the right, who needs them to their left. */
export function mapView(
  { view, origin }: PanelSession,
  isActive: boolean,
  act: (action: DemoAction) => void,
): TemplateResult {
  const { services } = view;
  if (services.length === 0) return html`<p class="panel-empty">The services show here as they start.</p>`;
  const columns = toColumns(services);
  const places = toPlaces(columns);
  const mayAct = isActive && origin === 'live' && view.phase === 'ready';
  return html`<div class="map" style="--columns: ${columns.length}">
    <svg class="map-lines" viewBox="0 0 ${SIDE} ${SIDE}" preserveAspectRatio="none" aria-hidden="true">
      ${services.flatMap((one) => one.needs.map((need) => needLine(places.get(one.service), places.get(need))))}
    </svg>
    ${columns.map(
      (column) =>
        html`<div class="map-column">${column.map((one) => card(one, view, mayAct ? act : undefined))}</div>`,
    )}
  </div>`;
}

/** By how long the chain of what each needs is; the longest stands first. */
function toColumns(services: readonly ServiceFacts[]): ServiceFacts[][] {
  const byName = new Map(services.map((one) => [one.service, one]));
  const depthOf = (name: string, seen: readonly string[] = []): number => {
    const needs = byName.get(name)?.needs.filter((need) => byName.has(need) && !seen.includes(need)) ?? [];
    return needs.length === 0 ? 0 : 1 + Math.max(...needs.map((need) => depthOf(need, [...seen, name])));
  };
  const columns: ServiceFacts[][] = [];
  for (const one of services) (columns[depthOf(one.service)] ??= []).push(one);
  return columns.filter((column) => column !== undefined).toReversed();
}

/** The middle of each service's first card, as the grid sets them: evenly. */
function toPlaces(columns: readonly ServiceFacts[][]): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const [x, column] of columns.entries())
    for (const [y, { service }] of column.entries())
      if (!places.has(service))
        places.set(service, {
          x: ((x + 0.5) / columns.length) * SIDE,
          y: ((y + 0.5) / column.length) * SIDE,
        });
  return places;
}

function needLine(from: Place | undefined, to: Place | undefined): TemplateResult | typeof nothing {
  if (from === undefined || to === undefined) return nothing;
  const middle = (from.x + to.x) / 2;
  const path = `M ${from.x} ${from.y} C ${middle} ${from.y} ${middle} ${to.y} ${to.x} ${to.y}`;
  return svg`<path d=${path} vector-effect="non-scaling-stroke"></path>`;
}

function card(
  facts: ServiceFacts,
  { phase }: RunView,
  act: ((action: DemoAction) => void) | undefined,
): TemplateResult {
  const { service, number, networks, ports, restarts, memoryBytes, cpus } = facts;
  const isGone = phase !== 'idle' && isOver(phase) && facts.state !== 'ended';
  const state = isGone ? 'ended' : facts.state;
  return html`<div class="map-card" data-state=${state} style="--service: ${serviceColour(service)}">
    <p class="map-name">
      <b>${service}${number === 1 ? '' : ` ${number}`}</b><span>${stateWords(facts, isGone)}</span>
    </p>
    <p class="map-facts">
      ${ports.length === 0 ? nothing : html`<span>port ${ports.join(', ')}</span>`}
      ${networks.filter((name) => name !== 'default').map((name) => html`<span class="map-network">${name}</span>`)}
      ${isUp(state) && memoryBytes !== undefined ? html`<span>${toSize(memoryBytes)}</span>` : nothing}
      ${isUp(state) && cpus !== undefined ? html`<span>${Math.round(cpus * 100)} % CPU</span>` : nothing}
      ${restarts === 0 ? nothing : html`<span>started again ${restarts === 1 ? 'once' : `${restarts} times`}</span>`}
    </p>
    ${act === undefined ? nothing : buttons(facts, act)}
  </div>`;
}

function isUp(state: ServiceFacts['state']): boolean {
  return state === 'running' || state === 'healthy' || state === 'unhealthy' || state === 'starting';
}

function stateWords({ state, exitCode }: ServiceFacts, isGone: boolean): string {
  if (isGone) return 'ended';
  return state === 'ended' && exitCode !== undefined && exitCode !== 0
    ? `ended with ${exitCode}`
    : STATE_WORDS[state];
}

function buttons(
  { service, state }: ServiceFacts,
  act: (action: DemoAction) => void,
): TemplateResult | typeof nothing {
  if (state === 'restarting' || state === 'waiting') return nothing;
  const button = (action: 'kill' | 'stop' | 'start' | 'scale', word: string) =>
    html`<button @click=${() => act(`${action}:${service}`)}>${word}</button>`;
  if (!isUp(state)) return html`<p class="map-buttons">${button('start', 'Start')}</p>`;
  return html`<p class="map-buttons">
    ${button('kill', 'Kill')} ${button('stop', 'Stop')} ${button('scale', 'One more')}
  </p>`;
}
