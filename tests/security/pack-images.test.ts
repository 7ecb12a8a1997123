import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pack } from 'tar-stream';
import { describe, expect, test } from 'vitest';
import { checkImages } from '../../src/pack/check-images.ts';
import { PACK_VERSION, type PackManifest } from '../../src/pack/manifest.ts';
import { makeFolder } from '../engine/test-engine.ts';

const LISTED: PackManifest = {
  format: 'deckhand-pack',
  version: PACK_VERSION,
  by: '1.0.0',
  made: '2026-05-01T10:00:00.000Z',
  title: 'A talk',
  deck: 'talk.md',
  images: [
    { name: 'deckhand-hello-web:latest', id: 'sha256:1' },
    { name: 'python:3.13-slim', id: 'sha256:2' },
  ],
  entries: [],
};

interface Entry {
  name: string;
  content?: string;
  type?: 'symlink' | 'link';
  linkname?: string;
}

/** Checks an archive with these entries, as `deckhand unpack` does before the engine gets it. */
async function check(entries: readonly Entry[]): Promise<void> {
  await using made = await makeFolder({});
  const file = join(made.folder, 'images.tar');
  const tar = pack();
  const output = createWriteStream(file);
  tar.pipe(output);
  for (const { content = '', ...header } of entries) {
    if (header.type === undefined) tar.entry(header, content);
    else tar.entry(header);
  }
  tar.finalize();
  await once(output, 'close');
  await checkImages(file, LISTED, 'talk.deckhand');
}

const manifest = (tags: string[] | null, key = 'RepoTags') =>
  JSON.stringify([{ Config: 'a.json', [key]: tags, Layers: [] }]);
const index = (annotations: Record<string, string>) =>
  JSON.stringify({ schemaVersion: 2, manifests: [{ digest: 'sha256:1', size: 1, annotations }] });

describe('the images in a pack', () => {
  test('are taken under the names that its list has, as Docker, Podman and containerd write them', async () => {
    await check([
      { name: 'blobs/sha256/1', content: 'layer' },
      { name: `${'b'.repeat(64)}/layer.tar`, type: 'symlink', linkname: `../${'a'.repeat(64)}/layer.tar` },
      {
        name: 'manifest.json',
        content: manifest(['python:3.13-slim', 'docker.io/library/python:3.13-slim']),
      },
      { name: 'repositories', content: '{"deckhand-hello-web":{"latest":"1"}}' },
      {
        name: 'index.json',
        content: index({
          'io.containerd.image.name': 'docker.io/library/python:3.13-slim',
          'org.opencontainers.image.ref.name': '3.13-slim',
        }),
      },
    ]);
    await check([{ name: 'manifest.json', content: manifest(null) }]);
  });

  test.each<[string, Entry[]]>([
    ['in manifest.json', [{ name: 'manifest.json', content: manifest(['postgres:16']) }]],
    ['as another tag', [{ name: 'manifest.json', content: manifest(['python:3.12']) }]],
    [
      'of another registry',
      [{ name: 'manifest.json', content: manifest(['evil.example/python:3.13-slim']) }],
    ],
    ['in the older list', [{ name: 'repositories', content: '{"postgres":{"16":"1"}}' }]],
    [
      "in OCI's list",
      [{ name: 'index.json', content: index({ 'io.containerd.image.name': 'postgres:16' }) }],
    ],
    [
      "in OCI's list, by its reference",
      [{ name: 'index.json', content: index({ 'org.opencontainers.image.ref.name': 'postgres:16' }) }],
    ],
    [
      'under a key that only Go reads',
      [{ name: 'manifest.json', content: manifest(['postgres:16'], 'repotags') }],
    ],
    [
      'in a second list of the same name',
      [
        { name: 'manifest.json', content: manifest(['python:3.13-slim']) },
        { name: './manifest.json', content: manifest(['postgres:16']) },
      ],
    ],
    [
      'in a list that a link brings',
      [
        { name: 'other', content: manifest(['postgres:16']) },
        { name: 'manifest.json', type: 'symlink', linkname: 'other' },
      ],
    ],
    [
      'in a list behind a linked folder',
      [
        { name: 'here', type: 'symlink', linkname: '.' },
        { name: 'here/manifest.json', content: manifest(['postgres:16']) },
      ],
    ],
    [
      'in a list that is a hard link',
      [
        { name: 'other', content: manifest(['postgres:16']) },
        { name: 'manifest.json', type: 'link', linkname: 'other' },
      ],
    ],
  ])('are refused when a name is not listed: %s', async (_where, entries) => {
    await expect(check(entries)).rejects.toMatchObject({ code: 'pack-unsafe' });
  });
});
