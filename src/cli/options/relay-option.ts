/** Where a relay's address may stand so that the process list doesn't show its password. */
export const RELAY_VARIABLE = 'DECKHAND_RELAY';

/** Says so when a password or token was given as an argument: everybody on this machine can read arguments. */
export function warnOfPassword(address: string): void {
  const isArgument = process.env[RELAY_VARIABLE] !== address;
  if (!isArgument || !URL.canParse(address) || new URL(address).username === '') return;
  process.stderr.write(
    `  The relay's password is in the command, where other users of this machine can read it.\n  Put the address into ${RELAY_VARIABLE} instead of --relay.\n`,
  );
}
