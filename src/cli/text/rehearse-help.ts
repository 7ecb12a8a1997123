/** What `deckhand rehearse --help` says below its options. */
export const REHEARSE_HELP = `
From clean: no container or network of an earlier run. Images, the build cache
and named volumes stay: taking them away would need the network to have them
back.

A demo fails when a run fails, x-demo.expect is not met, the two runs differ,
the second start takes longer than x-demo.budget, something is left on the
engine, or its recording is stale afterwards. Only a run without a failure
replaces the recording.

--offline cuts the network of what the demo needs, not of this machine:
  images      nothing is pulled; one that is not here is a failure
  builds      a RUN or ADD that does not come from the cache is a failure; the
              classic builder, and --cold on Docker, run it without a network
  containers  Docker: nothing outside this machine answers them, and no names
              outside can be looked up. Podman: not cut, since it would not
              publish their ports then

Exit code: 0 all work, 1 one fails, 130 interrupted.`;
