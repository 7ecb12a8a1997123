import { isIPv4, isIPv6 } from 'node:net';
import { asText, type Mapping } from './tree.ts';

/** More ports than anybody publishes: a range is a container port each. */
const MAX_RANGE = 1000;

/**
 * A port's short form, `127.0.0.1:8000-8001:80-81/udp`, as long forms; undefined when it is none. Source: docker/go-connections,
 * nat.ParsePortSpec.
 */
export function readPort(text: string): Mapping[] | undefined {
  const [spec = '', protocol = 'tcp', ...more] = text.split('/');
  if (more.length > 0 || !['tcp', 'udp', 'sctp'].includes(protocol.toLowerCase())) return undefined;
  const parts = splitPorts(spec);
  if (parts === undefined) return undefined;
  const { host, published, target } = parts;
  const targets = readRange(target);
  const hosts = published === '' ? undefined : readRange(published);
  if (targets === undefined || (published !== '' && hosts === undefined)) return undefined;
  // A range of host ports for one container port: any of them.
  const isChoice = hosts !== undefined && hosts.length !== targets.length;
  if (isChoice && targets.length !== 1) return undefined;
  const ports = targets.map((port, i): Mapping => {
    const hostPort = isChoice ? published : hosts?.[i]?.toString();
    return {
      mode: 'ingress',
      target: port,
      protocol: protocol.toLowerCase(),
      ...(host === '' ? {} : { host_ip: host }),
      ...(hostPort === undefined ? {} : { published: hostPort }),
    };
  });
  return ports.toSorted((a, b) => (asText(a['target']) < asText(b['target']) ? -1 : 1));
}

function splitPorts(spec: string): { host: string; published: string; target: string } | undefined {
  const v6 = /^\[(?<host>[^\]]*)\]:(?<rest>.*)$/u.exec(spec)?.groups;
  const parts = (v6?.['rest'] ?? spec).split(':');
  const target = parts.pop() ?? '';
  const published = parts.pop() ?? '';
  const host = v6?.['host'] ?? parts.join(':');
  if (v6 !== undefined && parts.length > 0) return undefined;
  if (host !== '' && !isIPv4(host) && !isIPv6(host)) return undefined;
  return target === '' ? undefined : { host, published, target };
}

function readRange(text: string): number[] | undefined {
  const { from, to = from } = /^(?<from>\d+)(?:-(?<to>\d+))?$/u.exec(text)?.groups ?? {};
  const [first, last] = [Number(from), Number(to)];
  if (from === undefined || last < first || last > 65_535 || last - first >= MAX_RANGE) return undefined;
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}
