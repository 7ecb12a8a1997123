/** Records a run that never ends into a folder, and says so when some of it is on the disk: for tests that kill the process. */
import { setTimeout as delay } from 'node:timers/promises';
import { nameInstance } from '../../src/runner/instance.ts';
import { recordRun } from '../../src/runner/recorder/record.ts';
import { RunLog } from '../../src/runner/run-log.ts';
import { RECORDING_FACTS } from './recording-facts.ts';

const [folder = '', id = ''] = process.argv.slice(2);
const log = new RunLog(Date.now);
void recordRun(log, {
  id,
  instance: await nameInstance(),
  folder,
  title: 'Cut off',
  timestamp: 0,
  facts: async () => RECORDING_FACTS,
  redact: { secrets: ['c0rrect-h0rse'], patterns: [] },
  takePicture: async () => undefined,
});
log.push({ type: 'phase', phase: 'ready' });
for (;;) {
  log.push({ type: 'output', service: 'web', text: 'The key is c0rrect-h0rse.\n' });
  await delay(1);
}
