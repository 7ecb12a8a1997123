import type { ProcessFacts } from '../../demo/run/run-event.ts';
import { askHost, type HostFacts } from '../host-facts.ts';
import { askInside, type InsideFacts } from '../inside-facts.ts';
import type { RunContext, StartedContainer } from '../run-context.ts';

/** In the order in which they are easiest to explain. */
const NAMESPACES = ['pid', 'net', 'mnt', 'uts', 'ipc', 'cgroup', 'user', 'time'];

/**
 * Tells of each container's process what it is from inside and on the host, if a view draws it: asking inside costs a container
 * time. Never fails: a run goes on without it.
 */
export async function tellProcesses(context: RunContext): Promise<void> {
  if (!context.demo.views.includes('process')) return;
  await Promise.all(
    context.made.containers.map(async (container) => {
      const facts = await askBoth(context, container).catch(() => undefined);
      if (facts !== undefined) context.emit({ type: 'process', facts });
    }),
  );
}

async function askBoth(
  { engine, signal }: RunContext,
  { id, service }: StartedContainer,
): Promise<ProcessFacts | undefined> {
  const { pid, command } = await engine.inspectContainer(id);
  if (pid === 0) return undefined;
  const [inside, host] = await Promise.all([askInside(engine, id, signal), askHost(id, pid)]);
  return {
    service: service.name,
    pidInside: 1,
    pidOnHost: pid,
    command: command.join(' '),
    hostVisible: host.isVisible,
    ...(host.isVisible ? {} : { between: engine.facts.isRemote ? 'machine' : 'vm' }),
    ...visibleTo(inside, host),
    namespaces: NAMESPACES.map((name) => ({
      name,
      inside: inside.namespaces.get(name) ?? '',
      // Numbers of another kernel would be compared with ours by chance.
      host: host.isVisible ? (host.namespaces.get(name) ?? '') : '',
    })),
    limits: {
      memoryBytes: inside.memoryBytes ?? service.memoryBytes,
      cpus: inside.cpus ?? service.cpus,
      pids: inside.pids ?? service.pids,
    },
    kernel: { inside: inside.kernel ?? `Linux ${engine.facts.kernel}`, host: host.kernel },
  };
}

function visibleTo(inside: InsideFacts, host: HostFacts): Pick<ProcessFacts, 'visible'> {
  if (inside.processes === undefined) return {};
  return { visible: { inside: inside.processes, host: host.isVisible ? host.processes : 0 } };
}
