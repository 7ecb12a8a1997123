import { colourIndexOf, SERVICE_COLOURS } from './service-colour.ts';
import type { Phase, RunEvent, RunEventBody } from './run-event.ts';

const BOLD = '\u001b[1m';
const DIM = '\u001b[2m';
const RED = '\u001b[31m';
const GREEN = '\u001b[32m';
const CYAN = '\u001b[36m';
const RESET = '\u001b[0m';

/**
 * What a terminal shows for one event; empty when it shows nothing. The panel's terminal, the recording's "o" events and
 * the PDF all print this, so they can't disagree.
 */
export function terminalText(event: RunEvent | RunEventBody): string {
  switch (event.type) {
    case 'output':
      // A terminal's own recording has no service: its line feeds are meant as they are.
      if (event.service === '') return event.text;
      return toTerminalLines(toNamedLines(event));
    case 'step':
      return stepText(event);
    case 'phase':
      return phaseText(event.phase);
    case 'unready':
      return line(`${DIM}… ${event.service} ${unreadyWords(event)}${RESET}`);
    case 'app':
      return event.reachable ? line(`${GREEN}●${RESET} ${event.url} answers`) : '';
    case 'error':
      return line(`${RED}✗ ${event.message}${RESET}`) + line(`${DIM}  ${event.hint}${RESET}`);
    case 'replica':
      return replicaText(event);
    case 'service':
      return serviceText(event);
    case 'answer':
      return line(`${CYAN}?${RESET} ${event.question}`);
    default:
      return '';
  }
}

function unreadyWords({ status, ms = 0 }: Extract<RunEventBody, { type: 'unready' }>): string {
  if (status !== undefined) return `answers with status ${status}: what it stands for is not up yet`;
  return `is slow: no answer for ${Math.round(ms / 1000)} s`;
}

function stepText(step: Extract<RunEventBody, { type: 'step' }>): string {
  const label = `[${step.step}/${step.of}] ${step.name}`;
  switch (step.state) {
    case 'running':
      return line(`${BOLD}${CYAN}${label}${RESET}`);
    case 'cached':
      return line(`${CYAN}${label}${RESET} ${DIM}cached${RESET}`);
    case 'failed':
      return line(`${RED}${label} failed${RESET}`);
    case 'done':
      return '';
  }
}

/** The first is the run itself, which has been said. */
function replicaText({ facts }: Extract<RunEventBody, { type: 'replica' }>): string {
  if (facts.number === 1 || facts.state !== 'ready') return '';
  const where = facts.url === undefined ? 'runs' : `answers on ${facts.url}`;
  return line(`${GREEN}●${RESET} container ${facts.number}, ${facts.hostname}, ${where}`);
}

/** What a hand did to it, and what came of that; how it started has been said. */
function serviceText({ facts }: Extract<RunEventBody, { type: 'service' }>): string {
  const { service, state, exitCode = 0, memoryBytes } = facts;
  // Said again with what it uses.
  if (memoryBytes !== undefined && memoryBytes > 0) return '';
  if (state === 'killed') return line(`${RED}✗ ${service} was killed${RESET}`);
  if (state === 'restarting')
    return line(`${DIM}↻ ${service} ended with ${exitCode}, and is started again${RESET}`);
  return '';
}

const PHASE_TEXT: Partial<Record<Phase, string>> = {
  building: `${DIM}— building the image —${RESET}`,
  starting: `${DIM}— starting —${RESET}`,
  stopped: `${DIM}— stopped —${RESET}`,
  cancelled: `${DIM}— cancelled —${RESET}`,
};

function phaseText(phase: Phase): string {
  const text = PHASE_TEXT[phase];
  return text === undefined ? '' : line(text);
}

function line(text: string): string {
  return `${toTerminalLines(text)}\r\n`;
}

/** Says at each line which container printed it, where there are several. */
function toNamedLines({
  service,
  number = 1,
  isNamed,
  after,
  text,
}: Extract<RunEventBody, { type: 'output' }>): string {
  if (isNamed !== true && number === 1) return text;
  const name = isNamed === true ? nameOf(service, number) : String(number);
  const colour = isNamed === true ? `\u001b[${SERVICE_COLOURS[colourIndexOf(service)] ?? 36}m` : CYAN;
  const named = text.replace(/^(?=.)/gmsu, `${colour}${name} │${RESET} `);
  if (after === 'other') return `\n${named}`;
  return after === 'own' ? named.slice(named.indexOf(`${RESET} `) + RESET.length + 1) : named;
}

function nameOf(service: string, number: number): string {
  return number === 1 ? service : `${service}-${number}`;
}

/** A bare line feed moves a terminal's cursor down but not back. */
function toTerminalLines(text: string): string {
  return text.replace(/\r?\n/g, '\r\n');
}
