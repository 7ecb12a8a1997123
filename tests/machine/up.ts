/**
 * `npx tsx tests/machine/up.ts`: prepares the machine and keeps it prepared until Ctrl-C, for working on the tests.
 * Test runs meanwhile use the engine that this started.
 */
import { prepareMachine } from './machine.ts';

const machine = await prepareMachine((line) => console.log(`machine: ${line}`));
for (const { group, reason, install } of machine.missing) {
  console.log(`machine: no ${group} tests here: ${reason}. Install ${install}.`);
}
console.log('machine: ready; Ctrl-C ends what was started');
await new Promise<void>((resolve) => {
  // A signal handler alone doesn't keep Node alive.
  const alive = setInterval(() => {}, 60_000);
  const stop = (): void => {
    clearInterval(alive);
    resolve();
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
});
await machine[Symbol.asyncDispose]();
