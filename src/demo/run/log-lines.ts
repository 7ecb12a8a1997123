/** One line that a service printed. */
export interface LogLine {
  /** `web`, or `web-2` of its second container; empty where a demo has one service only. */
  service: string;
  text: string;
}

/** Colours and the like are for the terminal. */
// eslint-disable-next-line no-control-regex -- that is what it takes out
const SEQUENCES = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-_])/gu;
const NAMED = /^(?<service>[\w.-]+) │ (?<text>.*)$/su;
/** More than anybody scrolls back on a stage. */
const MAX_LINES = 2000;

/** The lines of a transcript by service, read as it grows. Pure. */
export class LogLines {
  #index = 0;
  #rest = '';
  #lines: LogLine[] = [];
  #hasNames = false;

  /** Takes in what has come since the last time; `dropped` of its first entries are gone. */
  read(transcript: readonly string[], dropped = 0): void {
    this.#index = Math.max(this.#index, dropped);
    let text = '';
    for (; this.#index < transcript.length; this.#index += 1) text += transcript[this.#index] ?? '';
    if (text === '') return;
    const lines = (this.#rest + text).split(/\r?\n/u);
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#add(line);
    if (this.#lines.length > MAX_LINES) this.#lines = this.#lines.slice(-MAX_LINES);
  }

  /** Of one service, its further containers included; of all for the empty name. */
  of(service: string): readonly LogLine[] {
    const named = this.#hasNames ? this.#lines.filter((line) => line.service !== '') : this.#lines;
    if (service === '' || !this.#hasNames) return named;
    return named.filter((line) => line.service === service || isCopyOf(line.service, service));
  }

  #add(written: string): void {
    // A progress bar writes over its own line: what it ended as counts.
    const line = written.replaceAll(SEQUENCES, '').split('\r').at(-1) ?? '';
    const { service = '', text = line } = NAMED.exec(line)?.groups ?? {};
    if (service !== '') this.#hasNames = true;
    this.#lines.push({ service, text });
  }
}

function isCopyOf(name: string, service: string): boolean {
  return name.startsWith(`${service}-`) && /^\d+$/u.test(name.slice(service.length + 1));
}
