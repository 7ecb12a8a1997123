import { describe, expect, test } from 'vitest';
import { parseInside } from '../../src/runner/inside-facts.ts';

describe('what a container says of itself', () => {
  test('with cgroups of version 2', () => {
    const facts = parseInside(
      'processes 1\nkernel 6.10.14-linuxkit\nmemory 67108864\ncpu 50000 100000\npids 20\npid:[4026532259]\nnet:[4026532260]\n',
    );
    expect(facts).toMatchObject({
      processes: 1,
      kernel: 'Linux 6.10.14-linuxkit',
      memoryBytes: 67_108_864,
      cpus: 0.5,
      pids: 20,
    });
    expect([...facts.namespaces]).toEqual([
      ['pid', '4026532259'],
      ['net', '4026532260'],
    ]);
  });

  test('with cgroups of version 1', () => {
    expect(parseInside('quota 200000\nperiod 100000\n')).toMatchObject({ cpus: 2 });
  });

  test('leaves out what has no limit', () => {
    const facts = parseInside('memory max\ncpu max 100000\npids max\nquota -1\nperiod 100000\n');
    expect(facts).toEqual({ namespaces: new Map() });
  });

  test('is nothing when there is no shell to say it', () => {
    expect(parseInside('OCI runtime exec failed: exec: "sh": not found\n')).toEqual({
      namespaces: new Map(),
    });
  });
});
