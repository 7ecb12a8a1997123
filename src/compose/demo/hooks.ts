/** Programs that run in a container at a moment of its life: `post_start`, `pre_stop`, and those of `develop.watch`. */
import type { Hook, Service } from '../../demo/service.ts';
import { asText, own, toList, type Tree, type TreePath } from '../model/tree.ts';
import type { ServiceReader } from './service-reader.ts';
import { words } from './words.ts';
import { isSaid, toRecord, toText } from './values.ts';

export function hooks(r: ServiceReader): Pick<Service, 'postStart' | 'preStop'> {
  const read = (key: string) => toList(r.get(key)).flatMap((hook, i) => toHook(r, hook, [key, i]) ?? []);
  const [postStart, preStop] = [read('post_start'), read('pre_stop')];
  return {
    ...(postStart.length === 0 ? {} : { postStart }),
    ...(preStop.length === 0 ? {} : { preStop }),
  };
}

/** One hook; undefined when its command can't be read, which is told. */
export function toHook(r: ServiceReader, hook: Tree, path: TreePath): Hook | undefined {
  const command = words(r, [...path, 'command'], own(hook, 'command'));
  if (command === undefined || command.length === 0) return undefined;
  const isPrivileged = asText(own(hook, 'privileged') ?? '') === 'true';
  if (isPrivileged)
    r.ask([...path, 'privileged'], `"${r.name}" runs ${command[0]} with all rights of this machine`);
  const user = toText(own(hook, 'user'));
  const workingDir = toText(own(hook, 'working_dir'));
  const environment = own(hook, 'environment');
  return {
    command,
    ...(user === undefined ? {} : { user }),
    ...(workingDir === undefined ? {} : { workingDir }),
    ...(isSaid(environment) ? { environment: toRecord(environment) } : {}),
    ...(isPrivileged ? { isPrivileged } : {}),
  };
}
