/** `develop.watch`: what is saved while the demo runs goes into its containers, starts them again, or builds them anew. */
import { type FSWatcher, watch } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { WatchRule } from '../../demo/service.ts';
import { parseDockerignore } from '../../engine/build/dockerignore.ts';
import { findInside, readInside } from '../../files/open-inside.ts';
import type { RunContext, StartedContainer } from '../run-context.ts';
import { runHook } from './hooks.ts';
import type { Keeper } from './keep-running.ts';
import { say } from './say.ts';

/** Editors write in several steps; what comes within this is one save. */
const SETTLE_MS = 100;
/** More than a source file has. */
const MAX_BYTES = 20 * 1024 * 1024;

/** Copies what changes until the abort. What can't be copied is said in the terminal, and the demo runs on. */
export async function syncFiles(context: RunContext, keeper: Keeper): Promise<void> {
  const watchers: FSWatcher[] = [];
  for (const container of context.made.containers) {
    for (const rule of container.service.watch ?? []) {
      try {
        watchers.push(...(await watchRule(context, keeper, container, rule)));
      } catch (error) {
        say(context, container.service.name, `${rule.path} is not followed: ${toMessage(error)}`);
      }
    }
  }
  if (watchers.length === 0) return;
  context.signal.addEventListener('abort', () => watchers.forEach((one) => one.close()), { once: true });
}

async function watchRule(
  context: RunContext,
  keeper: Keeper,
  { service, number }: StartedContainer,
  rule: WatchRule,
): Promise<FSWatcher[]> {
  const found = await findInside(context.folder, rule.path);
  if (found === undefined || context.signal.aborted) return [];
  const isFolder = (await stat(found.path)).isDirectory();
  const ignores = parseDockerignore(rule.ignore.join('\n'));
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const copy = async () => {
    const names = [...changed];
    changed.clear();
    // A rebuild has put another in its place.
    const container = context.made.containers.find((one) => one.service === service && one.number === number);
    if (container === undefined || context.signal.aborted) return;
    if (rule.action.startsWith('sync'))
      for (const name of names) await copyOne(context, container, rule, name);
    await follow(context, keeper, container, rule);
  };
  const watcher = watch(found.path, { recursive: isFolder }, (_event, file) => {
    const name = isFolder ? (file ?? '').split(path.sep).join('/') : '';
    if (name !== '' && ignores.leavesOut(name)) return;
    changed.add(name);
    clearTimeout(timer);
    timer = setTimeout(() => void copy().catch(() => undefined), SETTLE_MS);
  });
  // The folder went: the demo runs on without it.
  watcher.on('error', () => watcher.close());
  return [watcher];
}

async function follow(
  context: RunContext,
  keeper: Keeper,
  container: StartedContainer,
  { action, path: name, exec }: WatchRule,
): Promise<void> {
  try {
    if (exec !== undefined) {
      const exitCode = await runHook(context, container, 'exec', exec, context.signal);
      if (exitCode !== 0) say(context, container.service.name, `✗ exec ended with ${exitCode}`);
      return;
    }
    if (action === 'rebuild') {
      say(context, container.service.name, `↻ ${name}: building again`);
      await keeper.rebuild(container);
    } else if (action !== 'sync') await keeper.restart(container);
  } catch (error) {
    if (!context.signal.aborted) say(context, container.service.name, `✗ ${toMessage(error)}`);
  }
}

async function copyOne(
  context: RunContext,
  { id, service }: StartedContainer,
  rule: WatchRule,
  name: string,
): Promise<void> {
  const { engine, folder, signal } = context;
  if (signal.aborted) return;
  const source = name === '' ? rule.path : path.posix.join(rule.path, name);
  const target = name === '' ? rule.target : path.posix.join(rule.target, name);
  const found = await findInside(folder, source);
  // Folders come with their files.
  if (found?.stats.isDirectory() === true) return;
  const bytes = found === undefined ? undefined : await readInside(folder, source, MAX_BYTES);
  try {
    if (bytes === undefined) await engine.execContainer(id, ['rm', '-f', target], signal);
    else await engine.putFiles(id, [{ target, text: bytes, mode: (found?.stats.mode ?? 0o644) & 0o777 }]);
    say(context, service.name, `${bytes === undefined ? '✗' : '↻'} ${source}`);
  } catch (error) {
    if (!signal.aborted) say(context, service.name, `${source} was not copied: ${toMessage(error)}`);
  }
}

function toMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
