import { UserError } from '../../demo/user-error.ts';

/** A port as the command line names it; 0 takes a free one. Throws a `UserError`. */
export function toPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new UserError('bad-port', `"${text}" is not a port.`, 'Give a number from 1 to 65535: --port 4100');
}
