import type { InspectBody } from '../container-body.ts';
import type { ContainerState } from '../container-spec.ts';
import { type Endpoint, isRemote } from '../endpoint.ts';
import type { HttpApi } from '../http-api.ts';
import { dialPort, type SshTarget } from '../ssh.ts';
import { Relay } from './relay.ts';
import type { RelayProgram } from './relay-programs.ts';
import { Tunnels } from './tunnels.ts';

type Ports = ContainerState['ports'];
type Networks = NonNullable<InspectBody['NetworkSettings']['Networks']>;

/** How the ports of an engine's containers are reached from this machine. */
export interface Reach {
  /** Ports of a container, each with the port of our loopback that leads to it; `published` are those of the engine's loopback. */
  toLocalPorts(id: string, published: Ports, networks: Networks): Promise<Ports>;
  /** A container on this network carries connections from now on. */
  addRelay(id: string, network: string, program: RelayProgram): void;
  /** This container is gone, and what leads to it may go. */
  forget(id: string): void;
  close(): void;
}

/** The engine's loopback is ours; or ssh leads there; or relays inside its networks lead to its containers. */
export function toReach(api: HttpApi, endpoint: Endpoint): Reach {
  if (!isRemote(endpoint)) return reachDirectly();
  return endpoint.kind === 'ssh' ? reachBySsh(endpoint) : reachByRelay(api);
}

function reachDirectly(): Reach {
  const nothing = (): void => {};
  return {
    toLocalPorts: async (_id, published) => published,
    addRelay: nothing,
    forget: nothing,
    close: nothing,
  };
}

function reachBySsh(ssh: SshTarget): Reach {
  const tunnels = new Tunnels();
  return {
    toLocalPorts: async (id, published) =>
      mapPorts(published, async (_inside, port) => tunnels.localPort(id, port, () => dialPort(ssh, port))),
    addRelay: () => {},
    forget: (id) => tunnels.closeOf(id),
    close: () => tunnels.close(),
  };
}

function reachByRelay(api: HttpApi): Reach {
  const tunnels = new Tunnels();
  /** By network. */
  const relays = new Map<string, { id: string; relay: Relay }>();
  const forget = (id: string): void => {
    tunnels.closeOf(id);
    for (const [network, one] of relays) {
      if (one.id !== id) continue;
      one.relay.close();
      relays.delete(network);
    }
  };
  return {
    toLocalPorts: async (id, published, networks) => {
      const [name, network] = Object.entries(networks).find(([one]) => relays.has(one)) ?? [];
      const relay = relays.get(name ?? '')?.relay;
      const host = network?.IPAddress ?? '';
      if (relay === undefined || host === '') return new Map();
      return mapPorts(published, async (port) =>
        tunnels.localPort(id, port, async () => relay.dial(host, port)),
      );
    },
    addRelay: (id, network, program) => relays.set(network, { id, relay: new Relay(api, id, program) }),
    forget,
    close: () => {
      tunnels.close();
      for (const { id } of relays.values()) forget(id);
    },
  };
}

async function mapPorts(
  ports: Ports,
  toLocal: (inside: number, published: number) => Promise<number>,
): Promise<Ports> {
  const entries = [...ports].map(
    async ([inside, published]) => [inside, await toLocal(inside, published)] as const,
  );
  return new Map(await Promise.all(entries));
}
