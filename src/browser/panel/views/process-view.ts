import { entryOf } from '../../../demo/run/entry-of.ts';
import './process.css';
import { html, nothing, type TemplateResult } from 'lit';
import type { ProcessFacts } from '../../../demo/run/run-event.ts';
import type { RunView } from '../../../demo/run/run-view.ts';

/** The kernel's short names, in words for people. */
const NAMESPACE_WORDS: Record<string, string> = {
  pid: 'processes',
  net: 'network',
  mnt: 'files',
  uts: 'hostname',
  ipc: 'shared memory',
  cgroup: 'cgroups',
  user: 'users',
  time: 'clock',
};

/** The container's process twice: as it sees itself, and as the host sees it. */
export function processView(view: RunView): TemplateResult {
  const service = view.sources[0]?.service;
  const facts = view.processes.find((one) => one.service === service) ?? view.processes[0];
  if (facts === undefined) return html`<p class="panel-empty">The process shows here when it runs.</p>`;
  return html`<div class="process">
    <div class="process-sides">
      ${side('Inside the container', facts.pidInside, facts.command, insideSight(facts))}
      ${side(hostTitle(facts), facts.pidOnHost, facts.command, hostSight(facts))}
    </div>
    ${facts.hostVisible ? nothing : between(facts)} ${namespaces(facts)}
    <p class="process-limits">
      <span>at most</span> <b>${toMebibytes(facts.limits.memoryBytes)}</b> of memory,
      <b>${facts.limits.cpus} CPU${facts.limits.cpus === 1 ? '' : 's'}</b>,
      <b>${facts.limits.pids} processes</b>
    </p>
    ${kernel(facts)}
  </div>`;
}

function side(title: string, pid: number, command: string, sight: string): TemplateResult {
  return html`<div class="process-side">
    <h3>${title}</h3>
    <p class="process-pid"><span>process</span> ${pid}</p>
    <p class="process-command">${command}</p>
    <p class="process-sight">${sight}</p>
  </div>`;
}

function hostTitle({ hostVisible, between }: ProcessFacts): string {
  if (hostVisible) return 'On the host';
  return between === 'machine' ? 'On the engine’s machine' : 'In the engine’s VM';
}

function insideSight({ visible }: ProcessFacts): string {
  if (visible === undefined) return 'the first of its own processes';
  return visible.inside === 1 ? 'sees no process but itself' : `sees ${visible.inside} processes`;
}

function hostSight({ visible, hostVisible }: ProcessFacts): string {
  return hostVisible && visible !== undefined
    ? `one of ${visible.host} processes`
    : 'a process among the others there';
}

/** Docker Desktop and its like: it is the truth of that laptop. */
function between({ between: what }: ProcessFacts): TemplateResult {
  const words =
    what === 'machine'
      ? 'The engine runs on another machine: from here its processes can’t be seen.'
      : 'On this laptop a virtual machine is in between: the engine and its processes live in there.';
  return html`<p class="process-between">${words}</p>`;
}

function namespaces({ namespaces: all, hostVisible }: ProcessFacts): TemplateResult | typeof nothing {
  const known = all.filter(({ inside }) => inside !== '');
  if (known.length === 0) return nothing;
  return html`<ul class="process-namespaces">
    ${known.map((one) => (hostVisible ? compared(one) : alone(one)))}
  </ul>`;
}

type Namespace = ProcessFacts['namespaces'][number];

/** The container's namespace and the host's: one, or two. */
function compared({ name, inside, host }: Namespace): TemplateResult {
  const isShared = inside === host;
  return html`<li data-shared=${isShared}>
    <b>${entryOf(NAMESPACE_WORDS, name) ?? name}</b>
    <span class="process-own">${isShared ? 'shared' : 'its own'}</span>
    <code>${shorten(inside)}${isShared ? nothing : html` <i>≠ ${shorten(host)}</i>`}</code>
  </li>`;
}

/** Where the host's can't be seen. */
function alone({ name, inside }: Namespace): TemplateResult {
  return html`<li>
    <b>${entryOf(NAMESPACE_WORDS, name) ?? name}</b> <span class="process-own">${shorten(inside)}</span>
  </li>`;
}

/** As Compose files and cgroups count it: `64m` is 64 MiB. */
function toMebibytes(bytes: number): string {
  const mebibytes = bytes / 1024 ** 2;
  return mebibytes < 1024 ? `${Math.round(mebibytes)} MiB` : `${Number((mebibytes / 1024).toFixed(1))} GiB`;
}

/** All of them are 402653xxxx: the end tells them apart. */
function shorten(number: string): string {
  return number.length > 6 ? `…${number.slice(-5)}` : number;
}

function kernel({ kernel: { inside, host }, hostVisible }: ProcessFacts): TemplateResult {
  if (hostVisible && inside === host) {
    return html`<p class="process-kernel"><b>${inside}</b> one kernel, shared by both</p>`;
  }
  return html`<p class="process-kernel" data-two>
    <span><b>${inside}</b> under the container</span><span><b>${host}</b> under this laptop</span>
  </p>`;
}
