import { UserError } from '../demo/user-error.ts';
import type { Engine } from '../engine/engine.ts';
import type { CatalogEntry } from '../talk/demos/catalog-entry.ts';
import { namesOfBuilt, namesOfNeeded } from '../talk/preflight/demos.ts';
import type { PackManifest } from './manifest.ts';

/** What the demos run and are built on, with the ids that the engine has for it. */
export async function findPackImages(
  engine: Engine,
  demos: readonly CatalogEntry[],
): Promise<PackManifest['images']> {
  const names = demos.flatMap((entry) => [...namesOfNeeded(entry), ...namesOfBuilt(entry.demo)]);
  const looks = [...new Set(names)].map(async (name) => ({ name, id: await engine.imageId(name) }));
  return (await Promise.all(looks)).map(({ name, id }) => {
    if (id === undefined) throw missing(name);
    // The engine's archive keeps names and tags, not the digests of a registry.
    if (name.includes('@')) throw byDigest(name);
    return { name, id };
  });
}

function missing(name: string): UserError {
  return new UserError(
    'no-base-image',
    `The image ${name} is not on the engine.`,
    `Fetch it: docker pull ${name}`,
  );
}

function byDigest(name: string): UserError {
  const hint = 'Name it by its tag, or pack without images: --no-images';
  return new UserError(
    'image-by-digest',
    `${name} is named by its digest, which does not survive a pack.`,
    hint,
  );
}
