import { toCreateBody } from '../container-body.ts';
import type { EngineFacts } from '../engine.ts';
import type { ContainerSpec, RelaySpec } from '../container-spec.ts';
import { EngineError } from '../engine-error.ts';
import type { HttpApi } from '../http-api.ts';
import type { Reach } from './reach.ts';
import { RELAY_PROGRAMS } from './relay-programs.ts';

/** As `Engine.startRelay`: tries one program after the other, since only a start tells whether an image has it. */
export async function startRelay(
  api: HttpApi,
  { flavour }: EngineFacts,
  reach: Reach,
  spec: RelaySpec,
): Promise<string | undefined> {
  for (const program of RELAY_PROGRAMS) {
    const body = toCreateBody(toContainer(spec, program.hold), flavour);
    const query = { name: spec.name };
    const { Id: id } = await api.json<{ Id: string }>('POST', '/containers/create', { query, body });
    try {
      await api.call('POST', `/containers/${id}/start`);
      reach.addRelay(id, spec.network, program);
      return id;
    } catch (error) {
      await api.call('DELETE', `/containers/${id}`, { query: { force: true, v: true } });
      if (!(error instanceof EngineError) || error.isUnreachable) throw error;
    }
  }
  return undefined;
}

/** Nobody in particular, with nothing of its own: it has only the image's files to read. */
function toContainer(spec: RelaySpec, command: string[]): ContainerSpec {
  return {
    ...spec,
    entrypoint: command.slice(0, 1),
    command: command.slice(1),
    environment: {},
    ports: [],
    mounts: [],
    tmpfs: {},
    user: '65534:65534',
    workingDir: '/',
    // The image's own would ask it for the app.
    healthcheck: { test: ['NONE'] },
    init: false,
    readOnly: true,
    capAdd: [],
    memoryBytes: 1024 ** 3,
    cpus: 1,
    pids: 1024,
    aliases: [],
  };
}
