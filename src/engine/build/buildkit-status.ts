import type { Type } from 'protobufjs';

/** What BuildKit says of a build, piece by piece. Source: moby/buildkit, api/services/control/control.proto. */
export interface BuildkitStatus {
  vertexes: Vertex[];
  statuses: VertexStatus[];
  logs: VertexLog[];
}

export interface Vertex {
  digest: string;
  name: string;
  cached: boolean;
  error: string;
  /** ms since 1970; absent as long as it has not come. */
  started?: number;
  completed?: number;
}

export interface VertexStatus {
  id: string;
  vertex: string;
  current: number;
  total: number;
}

export interface VertexLog {
  vertex: string;
  isStderr: boolean;
  bytes: Uint8Array;
}

interface RawTime {
  seconds?: number;
  nanos?: number;
}

interface RawStatus {
  vertexes?: {
    digest?: string;
    name?: string;
    cached?: boolean;
    error?: string;
    started?: RawTime;
    completed?: RawTime;
  }[];
  statuses?: { ID?: string; vertex?: string; current?: number; total?: number }[];
  logs?: { vertex?: string; stream?: number; msg?: Uint8Array }[];
}

/** Only the fields that are read: protobuf skips what it doesn't know. */
const SCHEMA = {
  nested: {
    Timestamp: { fields: { seconds: { id: 1, type: 'int64' }, nanos: { id: 2, type: 'int32' } } },
    Vertex: {
      fields: {
        digest: { id: 1, type: 'string' },
        name: { id: 3, type: 'string' },
        cached: { id: 4, type: 'bool' },
        started: { id: 5, type: 'Timestamp' },
        completed: { id: 6, type: 'Timestamp' },
        error: { id: 7, type: 'string' },
      },
    },
    VertexStatus: {
      fields: {
        ID: { id: 1, type: 'string' },
        vertex: { id: 2, type: 'string' },
        current: { id: 4, type: 'int64' },
        total: { id: 5, type: 'int64' },
      },
    },
    VertexLog: {
      fields: {
        vertex: { id: 1, type: 'string' },
        stream: { id: 3, type: 'int64' },
        msg: { id: 4, type: 'bytes' },
      },
    },
    StatusResponse: {
      fields: {
        vertexes: { rule: 'repeated', id: 1, type: 'Vertex' },
        statuses: { rule: 'repeated', id: 2, type: 'VertexStatus' },
        logs: { rule: 'repeated', id: 3, type: 'VertexLog' },
      },
    },
  },
};

/** A decoder for the base64 in `moby.buildkit.trace` messages. Loads protobufjs, which only builds need. */
export async function loadStatusDecoder(): Promise<(base64: string) => BuildkitStatus> {
  const { default: protobuf } = await import('protobufjs/light.js');
  const type: Type = protobuf.Root.fromJSON(SCHEMA).lookupType('StatusResponse');
  return (base64) => {
    const message = type.decode(Buffer.from(base64, 'base64'));
    return toStatus(type.toObject(message, { longs: Number }));
  };
}

function toStatus(raw: RawStatus): BuildkitStatus {
  return {
    vertexes: (raw.vertexes ?? []).map(
      ({ digest = '', name = '', cached = false, error = '', started, completed }) => ({
        digest,
        name,
        cached,
        error,
        ...(started === undefined ? {} : { started: toMs(started) }),
        ...(completed === undefined ? {} : { completed: toMs(completed) }),
      }),
    ),
    statuses: (raw.statuses ?? []).map(({ ID: id = '', vertex = '', current = 0, total = 0 }) => ({
      id,
      vertex,
      current,
      total,
    })),
    logs: (raw.logs ?? []).map(({ vertex = '', stream = 1, msg = new Uint8Array() }) => ({
      vertex,
      isStderr: stream === 2,
      bytes: msg,
    })),
  };
}

function toMs({ seconds = 0, nanos = 0 }: RawTime): number {
  return seconds * 1000 + nanos / 1e6;
}
