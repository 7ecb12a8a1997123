import type { Labelled } from './engine.ts';
import type { Labels } from './container-spec.ts';
import type { HttpApi } from './http-api.ts';

interface Listed {
  Id: string;
  /** A container's, each with a slash before it. */
  Names?: string[] | null;
  /** A network's. */
  Name?: string;
  ImageID?: string;
  Labels: Labels | null;
  RepoTags?: string[] | null;
}

/** Everything on the engine that carries a label. Source: Engine API, the `filters` of its lists. */
export async function listLabelled(api: HttpApi, label: string): Promise<Labelled[]> {
  const query = { filters: JSON.stringify({ label: [label] }) };
  const [containers, networks, volumes, images] = await Promise.all([
    api.json<Listed[]>('GET', '/containers/json', { query: { ...query, all: true } }),
    api.json<Listed[]>('GET', '/networks', { query }),
    api.json<{ Volumes: { Name: string; Labels: Labels | null }[] | null }>('GET', '/volumes', { query }),
    api.json<Listed[]>('GET', '/images/json', { query }),
  ]);
  const of = (kind: Labelled['kind'], list: Listed[]): Labelled[] =>
    list.map(({ Id: id, Labels: labels, Names, Name, ImageID: image }) => ({
      kind,
      id,
      name: (Names?.[0] ?? Name ?? '').replace(/^\//u, ''),
      labels: labels ?? {},
      ...(image === undefined ? {} : { image }),
    }));
  return [
    ...of('container', containers),
    ...of('network', networks),
    ...(volumes.Volumes ?? []).map(({ Name: id, Labels: labels }) => ({
      kind: 'volume' as const,
      id,
      name: id,
      labels: labels ?? {},
    })),
    ...images.map(({ Id: id, Labels: labels, RepoTags }) => ({
      kind: 'image' as const,
      id,
      labels: labels ?? {},
      isDangling: (RepoTags ?? []).every((tag) => tag === '<none>:<none>'),
    })),
  ];
}
