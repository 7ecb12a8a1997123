import { canInstall, ensurePackages } from './packages.ts';
import { type Log, run, which } from './shell.ts';

/** Whether this process may add links and network namespaces: root on Linux, with iproute2, and not in a container that forbids it. */
export async function prepareNetwork(log: Log): Promise<boolean> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  if ((await which('ip')) === undefined && (await canInstall())) await ensurePackages(['iproute2'], log);
  const ip = await which('ip');
  if (ip === undefined) return false;
  const name = `dh-try-${process.pid}`;
  return run(ip, ['netns', 'add', name])
    .then(() => run(ip, ['netns', 'delete', name]))
    .then(
      () => true,
      () => false,
    );
}
