import { posix } from 'node:path';
import type { Build } from '../../demo/service.ts';
import { toName, type ModelProblem } from '../model/problem.ts';
import { isRemote } from '../model/resolve-paths.ts';
import { own, type Mapping, type Tree, type TreePath } from '../model/tree.ts';
import type { ServiceParts } from './service-reader.ts';
import { isSaid, toInside, toPairs, toText } from './values.ts';

/** A service's build; undefined when it can't be built from here, which is told. */
export function toBuild(
  raw: Mapping,
  service: TreePath,
  name: string,
  { folder, asks, problems, notes }: ServiceParts,
): Build | undefined {
  const here: TreePath = [...service, 'build'];
  const context = toText(own(raw, 'context')) ?? folder;
  for (const key of ['secrets', 'ssh', 'additional_contexts', 'entitlements'])
    if (isSaid(own(raw, key))) problems.push(needsBuildx([...here, key], 'it'));
  if (isRemote(context)) {
    problems.push(needsBuildx([...here, 'context'], `building from ${context}`));
    return undefined;
  }
  const bad = (key: string, why: string, hint: string): undefined => {
    const path = [...here, key];
    problems.push({ code: 'bad-value', message: `${toName(path)} ${why}.`, hint, path });
  };
  const args = Object.fromEntries(
    [...toPairs(own(raw, 'args'))].flatMap(([key, value]) => (value === null ? [] : [[key, value]])),
  );
  const target = toText(own(raw, 'target'));
  for (const key of ['network', 'privileged'])
    if (isSaid(own(raw, key)) && own(raw, key) !== 'default')
      notes.add(`"${name}" is built without its ${key} setting.`);
  const inner = toInside(folder, context);
  const inline = toText(own(raw, 'dockerfile_inline'));
  const dockerfile = inline === undefined ? toDockerfile(own(raw, 'dockerfile'), context) : INLINE_NAME;
  if (dockerfile === undefined)
    return bad('dockerfile', 'is outside its context', 'Put the Dockerfile into the folder that is built.');
  const rest = {
    dockerfile,
    args,
    ...(inline === undefined ? {} : { inline }),
    ...(target === undefined ? {} : { target }),
  };
  if (inner !== undefined) return { context: inner, ...rest };
  asks.push({
    path: [...here, 'context'],
    text: `"${name}" is built from ${context}, which is outside the project.`,
  });
  return { context: '.', ...rest, root: context };
}

/** Sent to the engine under a name that no file has. */
const INLINE_NAME = '.dockerfile-inline';

function needsBuildx(path: TreePath, what: string): ModelProblem {
  const message = `${toName(path)}: ${what} needs a build session, which Deckhand doesn't open.`;
  const hint = 'Build the image with docker buildx beforehand, and name it in image: without build:.';
  return { code: 'needs-buildx', message, hint, path, isKey: true };
}

function toDockerfile(value: Tree | undefined, context: string): string | undefined {
  return toInside(context, posix.resolve(context, toText(value) ?? 'Dockerfile'));
}
