import type { Explanation } from './explanation.ts';

/** What can be wrong while a demo runs. */
export const RUN_EXPLANATIONS: readonly Explanation[] = [
  {
    code: 'no-engine',
    means:
      'No Docker or Podman answers, so demos can’t run live; their recordings still play. Start Docker Desktop, Colima or the Docker service, or name the engine with --engine.',
  },
  {
    code: 'no-base-image',
    means:
      'An image is not on this machine and can’t be pulled: there is no network, its registry refuses, or its name is wrong. Pull it where there is a network; after that none is needed.',
  },
  {
    code: 'container-ended',
    means:
      'A container that should keep running has ended. What it printed last says why. If it only needs another service that is slower, give it `restart: on-failure` or a `depends_on` with `service_healthy`.',
  },
  {
    code: 'container-killed',
    means:
      'A container was ended by a signal: somebody stopped it by hand, or the machine had no memory left.',
  },
  {
    code: 'out-of-memory',
    means:
      'The container wanted more memory than its limit, which is 512 MB unless the Compose file says otherwise. Raise `mem_limit`.',
  },
  {
    code: 'unhealthy',
    means:
      'The healthcheck of a service did not pass in time. Run its command by hand in the container: deckhand’s shell view does for that.',
  },
  {
    code: 'no-answer',
    means:
      'The container runs, and nobody takes connections on the app’s port. Most often the program listens on 127.0.0.1, which is the container alone: let it listen on 0.0.0.0.',
  },
  {
    code: 'slow-answer',
    means:
      'The app takes connections and has not answered in time. Give it longer with `x-demo.budget`, or find out what its first page waits for.',
  },
  {
    code: 'unready-answer',
    means:
      'The app answers with status 502, 503 or 504: the server in front of it is up, and the one behind it is not.',
  },
  {
    code: 'code-not-copied',
    means:
      'Code of several lines is put into the container as a file in `/tmp` and run from there. A container with `read_only: true` takes no file; one line needs none.',
  },
  {
    code: 'still-runs',
    means: 'Code blocks of a demo share one shell, and the command before has not ended yet.',
  },
  {
    code: 'unknown-code',
    means: 'The deck was saved, and the code that was asked for is not in it any more.',
  },
  {
    code: 'not-timed',
    means: 'Times of slides are kept only when a talk is given with `--rehearse-talk`.',
  },
  {
    code: 'hook-failed',
    means:
      'A command of `post_start` ended with something else than 0, so the service is not as its project wants it.',
  },
  {
    code: 'no-shell',
    means:
      'The image has neither bash nor sh, as images without a distribution do. Show the shell of another service, or name a program of the image in `x-demo.shell.command`.',
  },
  {
    code: 'port-taken',
    means: 'Something else listens on the port that Deckhand was given. Take another one with --port.',
  },
  {
    code: 'disk-full',
    means:
      'There is no room left where Deckhand or the engine writes. `docker system df` says what takes it.',
  },
];
