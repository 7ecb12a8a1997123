import { release } from 'node:os';
import { expect, test } from 'vitest';
import { askHost } from '../../src/runner/host-facts.ts';

test("a process of the same number that is not the container's is not taken for it", async () => {
  const facts = await askHost('9'.repeat(64), process.pid);
  expect(facts.isVisible).toBe(false);
  expect(facts.kernel).toContain(release());
});

test('a number that no process has, as it is with a VM in between, is not seen', async () => {
  expect((await askHost('9'.repeat(64), 2 ** 22 + 1)).isVisible).toBe(false);
});
