import type { Healthcheck } from '../demo/service.ts';
import { type EngineFacts } from './engine.ts';
import { HOST_NETWORK, NO_NETWORK, type ContainerSpec, type ContainerState } from './container-spec.ts';

/** What our containers never get back: everything but what the spec lists. Source: Engine API, `POST /containers/create`. */
export function toCreateBody(spec: ContainerSpec, flavour: EngineFacts['flavour']): unknown {
  return {
    Image: spec.image,
    Labels: { ...spec.more?.labels, ...spec.labels },
    Cmd: spec.command,
    Entrypoint: spec.entrypoint,
    Env: Object.entries(spec.environment).map(([key, value]) => `${key}=${value}`),
    User: spec.user,
    WorkingDir: spec.workingDir,
    Hostname: spec.more?.hostname,
    Domainname: spec.more?.domainname,
    StopSignal: spec.more?.stopSignal,
    // A shell without a terminal stays as long as somebody could still write to it.
    OpenStdin: spec.more?.stdinOpen ?? spec.more?.tty,
    ExposedPorts: Object.fromEntries([
      ...spec.ports.map((port) => [`${port}/tcp`, {}] as const),
      ...(spec.more?.publish ?? []).map(({ target, protocol }) => [`${target}/${protocol}`, {}] as const),
    ]),
    Healthcheck: spec.healthcheck === undefined ? undefined : toHealthcheck(spec.healthcheck, flavour),
    HostConfig: toHostConfig(spec),
    NetworkingConfig: isOwnNetwork(spec)
      ? { EndpointsConfig: { [spec.network]: { Aliases: spec.aliases } } }
      : undefined,
  };
}

/** A container without a network, or in another's, has no names and ports of its own. */
function isOwnNetwork({ network }: ContainerSpec): boolean {
  return network !== NO_NETWORK && network !== HOST_NETWORK && !network.startsWith('container:');
}

function toBindings({ ports, more: { publish = [] } = {} }: ContainerSpec): Record<string, unknown> {
  const free = ports.map((port) => [`${port}/tcp`, [{ HostIp: '127.0.0.1', HostPort: '0' }]] as const);
  const written = publish.map(
    ({ target, protocol, hostPort, hostIp }) =>
      [`${target}/${protocol}`, [{ HostIp: hostIp, HostPort: String(hostPort) }]] as const,
  );
  return Object.fromEntries([...free, ...written]);
}

function toDevices({ devices, gpus }: NonNullable<ContainerSpec['more']>): object {
  return {
    Devices: devices?.map(({ source, target, permissions }) => ({
      PathOnHost: source,
      PathInContainer: target,
      CgroupPermissions: permissions,
    })),
    DeviceRequests: gpus?.map(({ driver, count, ids, capabilities, options }) => ({
      Driver: driver,
      Count: count,
      DeviceIDs: ids,
      Capabilities: [capabilities],
      Options: options,
    })),
  };
}

function toHostConfig(spec: ContainerSpec): unknown {
  const { more = {} } = spec;
  return {
    NetworkMode: spec.network,
    // Port 0 leaves the choice to the engine, which knows what is free on its host.
    PortBindings: isOwnNetwork(spec) ? toBindings(spec) : {},
    Mounts: spec.mounts.map(({ type, source, target, readOnly }) => ({
      Type: type,
      Source: source,
      Target: target,
      ReadOnly: readOnly,
    })),
    Tmpfs: spec.tmpfs,
    CapDrop: ['ALL'],
    CapAdd: spec.capAdd,
    SecurityOpt: ['no-new-privileges', ...(more.securityOptions ?? [])],
    Privileged: more.privileged,
    ...toDevices(more),
    PidMode: more.pidMode,
    IpcMode: more.ipcMode,
    UTSMode: more.utsMode,
    UsernsMode: more.usernsMode,
    CgroupnsMode: more.cgroupMode,
    ExtraHosts: more.extraHosts,
    Dns: more.dns,
    DnsSearch: more.dnsSearch,
    DnsOptions: more.dnsOptions,
    GroupAdd: more.groupAdd,
    Sysctls: more.sysctls,
    Ulimits: more.ulimits?.map(({ name, soft, hard }) => ({ Name: name, Soft: soft, Hard: hard })),
    ShmSize: more.shmBytes,
    Memory: spec.memoryBytes,
    // As much swap as memory would double the limit.
    MemorySwap: spec.memoryBytes,
    NanoCpus: Math.round(spec.cpus * 1e9),
    PidsLimit: spec.pids,
    Init: spec.init,
    ReadonlyRootfs: spec.readOnly,
    // We are attached and read everything. A log beside that would cost most of a fast container's time, and readers that
    // follow a rotating one lose lines (moby 20.10).
    LogConfig: { Type: 'none' },
    RestartPolicy: { Name: 'no' },
  };
}

/** The API counts in nanoseconds; what is undefined is left out. */
function nanoseconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : ms * 1e6;
}

function toHealthcheck(check: Healthcheck, flavour: EngineFacts['flavour']): unknown {
  return {
    Test: flavour === 'podman' ? toShellTest(check.test) : check.test,
    Interval: nanoseconds(check.intervalMs),
    Timeout: nanoseconds(check.timeoutMs),
    StartPeriod: nanoseconds(check.startPeriodMs),
    StartInterval: nanoseconds(check.startIntervalMs),
    Retries: check.retries,
  };
}

/** Podman joins the words of a CMD with spaces and splits them again, so that one with a space in it comes apart. */
function toShellTest(test: readonly string[]): readonly string[] {
  const [kind, ...words] = test;
  if (kind !== 'CMD') return test;
  return ['CMD-SHELL', words.map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`).join(' ')];
}

/** The part of `GET /containers/{id}/json` that is read. */
export interface InspectBody {
  Path: string;
  Args: string[];
  Config: { Hostname: string; Healthcheck?: { Interval?: number } | null };
  /** Only when it was asked for. */
  SizeRw?: number;
  State: {
    Status: string;
    ExitCode: number;
    OOMKilled: boolean;
    Error: string;
    Pid: number;
    Health?: { Status: string; Log?: { Output: string }[] | null };
  };
  NetworkSettings: {
    Ports?: Record<string, { HostPort: string }[] | null> | null;
    Networks?: Record<string, { IPAddress: string }> | null;
  };
}

export function toContainerState({
  State,
  NetworkSettings,
  Path,
  Args,
  Config,
}: InspectBody): ContainerState {
  const ports = Object.entries(NetworkSettings.Ports ?? {}).flatMap(([key, bindings]) => {
    const host = bindings?.[0]?.HostPort;
    return host === undefined ? [] : [[Number.parseInt(key, 10), Number(host)] as const];
  });
  return {
    status: toStatus(State.Status),
    exitCode: State.ExitCode,
    oomKilled: State.OOMKilled,
    error: State.Error,
    health: toHealth(State.Health?.Status),
    healthOutput: State.Health?.Log?.at(-1)?.Output.trim() ?? '',
    pid: State.Pid,
    hostname: Config.Hostname,
    command: [Path, ...Args],
    ports: new Map(ports),
  };
}

function toStatus(status: string): ContainerState['status'] {
  if (status === 'running' || status === 'created') return status;
  // Podman says `stopped` for a moment before `exited`.
  return status === 'exited' || status === 'dead' || status === 'stopped' ? 'exited' : 'other';
}

function toHealth(status: string | undefined): ContainerState['health'] {
  return status === 'starting' || status === 'healthy' || status === 'unhealthy' ? status : 'none';
}
