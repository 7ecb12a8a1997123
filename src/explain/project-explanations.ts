import type { Explanation } from './explanation.ts';

/** What is said of a demo's project. Examples are Compose files; each is read in a test, with its fix. */
export const PROJECT_EXPLANATIONS: readonly Explanation[] = [
  {
    code: 'bad-env-file',
    means: 'An env file holds lines of NAME=value. This line is something else, such as an open quote.',
  },
  {
    code: 'bad-extends',
    means:
      '`extends` names a service of the same file, or a file and a service in it. That service is not there.',
    wrong: 'services:\n  web:\n    extends: {service: base}\n    image: nginx\n',
    right: 'services:\n  base: {image: nginx}\n  web:\n    extends: {service: base}\n',
  },
  {
    code: 'bad-merge',
    means:
      'A key is a list in one of the project’s files and a map in another, so that the second can’t override the first.',
  },
  {
    code: 'bad-mount',
    means:
      'A container could put something else in the place of this folder before it is mounted, and so get at other folders of your laptop.',
  },
  {
    code: 'bad-patch',
    means:
      'A prepared edit is a unified diff of one file that x-demo.edit names. This one doesn’t fit the file as it is now, so it could not be played. Make it again: diff -u OLD NEW.',
  },
  {
    code: 'bad-value',
    means: 'The key is right, and its value is not one that it can have. The message says what was expected.',
    wrong: 'services:\n  web: {image: nginx, mem_limit: lots}\n',
    right: 'services:\n  web: {image: nginx, mem_limit: 256m}\n',
  },
  {
    code: 'cycle',
    means: 'Files include or extend each other in a circle.',
  },
  { code: 'empty', means: 'The Compose file has no services, so there is nothing to show.' },
  {
    code: 'missing-key',
    means: 'A key that this setting needs is not there.',
    wrong: 'services:\n  web: {image: nginx, develop: {watch: [{action: sync}]}}\n',
    right: 'services:\n  web: {image: nginx, develop: {watch: [{action: sync, path: ., target: /app}]}}\n',
  },
  {
    code: 'needs-buildx',
    means:
      'This part of a build needs a session with BuildKit, which Deckhand does not hold. The message says what to write instead.',
    wrong: 'services:\n  web:\n    build: {context: ., ssh: [default]}\n',
    right: 'services:\n  web:\n    build: {context: .}\n',
  },
  {
    code: 'needs-trust',
    means:
      'The project asks for more than a demo gets by default, such as the engine’s socket or a folder outside. `deckhand trust NAME` lists it in plain words and lets you allow it on this laptop.',
    wrong: 'services:\n  web: {image: nginx, privileged: true}\n',
    right: 'services:\n  web: {image: nginx}\n',
  },
  {
    code: 'no-file',
    means: 'A file that the project names is not there. Paths count from the Compose file’s folder.',
  },
  {
    code: 'no-service',
    means: 'A service is named that the file does not have.',
  },
  {
    code: 'refused-key',
    means:
      'This reaches out of the project in a way that no demo can, with leave or without. The message says what to do instead.',
    wrong: 'services:\n  web: {image: nginx, cgroup_parent: x}\n',
    right: 'services:\n  web: {image: nginx}\n',
  },
  { code: 'too-large', means: 'The file is larger than any Compose file, or its aliases make it so.' },
  { code: 'too-many', means: 'More services, files or levels than a slide could show.' },
  {
    code: 'unknown-key',
    means:
      'The Compose specification has no such key here. It is most likely a spelling mistake; the message names what is close.',
    wrong: 'services:\n  web: {image: nginx, prots: ["80"]}\n',
    right: 'services:\n  web: {image: nginx, ports: ["80"]}\n',
  },
  {
    code: 'variable',
    means:
      'A variable is broken, or one that must be set (`${NAME:?…}`) is not in .env. Deckhand takes variables from .env only, never from your shell.',
    wrong: 'services:\n  web: {image: "nginx:${TAG:?which one}"}\n',
    right: 'services:\n  web: {image: "nginx:${TAG:-1.29}"}\n',
  },
];
