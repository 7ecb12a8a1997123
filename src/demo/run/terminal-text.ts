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
      return toTerminalLines(event.number === undefined ? event.text : named(event.text, event.number));
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

/** Says at each line which container printed it. */
function named(text: string, number: number): string {
  return text.replace(/^(?=.)/gmsu, `${CYAN}${number} │${RESET} `);
}

/** A bare line feed moves a terminal's cursor down but not back. */
function toTerminalLines(text: string): string {
  return text.replace(/\r?\n/g, '\r\n');
}
