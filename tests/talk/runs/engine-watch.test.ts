import { describe, expect, test } from 'vitest';
import { EngineWatch } from '../../../src/talk/runs/engine-watch.ts';

async function problemOf(asked: string): Promise<string> {
  const engines = new EngineWatch(asked);
  await engines.start(() => {});
  engines.close();
  const { current } = engines;
  return 'problem' in current ? current.problem.message : 'there is an engine';
}

describe('looking for an engine', () => {
  test.each(['garbage', 'ftp://x', 'tcp://', 'http://[::'])(
    'says that "%s" is no address, and the talk goes on',
    async (asked) => {
      expect(await problemOf(asked)).toBe(`"${asked}" is not the address of an engine.`);
    },
  );

  test('says that nobody answers at an address', async () => {
    expect(await problemOf('unix:///nowhere/docker.sock')).toContain('there is no such socket');
  });

  test('looks for none when none is asked for', async () => {
    expect(await problemOf('none')).toBe('Started without an engine.');
  });
});
