/** What a panel can show of any demo; of one with several services or apps, of one of them: `logs:web`, `app:admin`. */
export const VIEWS = [
  'dockerfile',
  'terminal',
  'app',
  'ask',
  'layers',
  'process',
  'logs',
  'map',
  'shell',
] as const;
export type ViewKind = (typeof VIEWS)[number];

/** A kind, or a kind and what it is of: `logs:web`. */
export type View = ViewKind | `${'app' | 'logs' | 'shell' | 'edit'}:${string}`;

export interface ParsedView {
  kind: string;
  /** The service or the app that it is of. */
  of: string | undefined;
}

/** `logs:web` in its parts. */
export function parseView(view: string): ParsedView {
  const colon = view.indexOf(':');
  return colon === -1
    ? { kind: view, of: undefined }
    : { kind: view.slice(0, colon), of: view.slice(colon + 1) };
}

/** What the clicker can do to one service: `kill:db`. */
export const SERVICE_ACTIONS = ['kill', 'stop', 'start', 'scale'] as const;
export type ServiceAction = (typeof SERVICE_ACTIONS)[number];

/** `kill:db`, as a step or a key has it; undefined when it is something else. */
export function parseServiceAction(step: string): { action: ServiceAction; service: string } | undefined {
  const { kind, of } = parseView(step);
  const action = SERVICE_ACTIONS.find((one) => one === kind);
  return action === undefined || of === undefined || of === '' ? undefined : { action, service: of };
}
