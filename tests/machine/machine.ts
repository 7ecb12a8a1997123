import { prepareChromium } from './chromium.ts';
import { prepareCompose } from './compose.ts';
import { prepareComposeGo } from './compose-go.ts';
import { prepareEngine, type TestEngine } from './engine.ts';
import { prepareFirefox } from './firefox.ts';
import { prepareNetwork } from './network.ts';
import { canInstall, ensurePackages } from './packages.ts';
import { preparePodman } from './podman.ts';
import { type Log, which } from './shell.ts';
import { canStartSpareEngine } from './spare-engine.ts';

/** A group of tests that can't run here. */
export interface MissingGroup {
  group: 'browser' | 'engine' | 'firefox' | 'network' | 'pdf' | 'podman' | 'relay' | 'root';
  reason: string;
  /** What to install, for somebody who can. */
  install: string;
}

/** What the tests may use. Disposing it ends what was started, by pid. */
export interface Machine extends AsyncDisposable {
  /** Path of a Chromium that works. */
  chromium: string | undefined;
  firefox: string | undefined;
  engine: { socket: string; registry?: string } | undefined;
  podman: { socket: string } | undefined;
  /** What tests read it from; for the processes that run them. */
  environment: Record<string, string>;
  missing: MissingGroup[];
}

/**
 * Brings this machine to where every test can run: installs and starts what is missing on Debian and Ubuntu as root,
 * saying each thing it does in one line; elsewhere it only finds out what there is.
 */
export async function prepareMachine(log: Log): Promise<Machine> {
  const missing: MissingGroup[] = [];
  const attempt = async <T>(what: Omit<MissingGroup, 'reason'>, get: () => Promise<T | undefined>) => {
    try {
      const got = await get();
      if (got === undefined) missing.push({ ...what, reason: `${what.group}: not found on this machine` });
      return got;
    } catch (error) {
      missing.push({ ...what, reason: error instanceof Error ? error.message : String(error) });
      return undefined;
    }
  };
  const chromium = await attempt(
    { group: 'browser', install: 'chromium or google-chrome, or `npx playwright install chromium`' },
    async () => prepareChromium(log),
  );
  const firefox = await attempt({ group: 'firefox', install: 'firefox-esr or firefox' }, async () =>
    prepareFirefox(log),
  );
  await attempt({ group: 'network', install: 'iproute2, and run the tests as root on Linux' }, async () =>
    (await prepareNetwork(log)) ? true : undefined,
  );
  await attempt({ group: 'root', install: 'nothing, but run the tests as root on Linux' }, async () =>
    process.platform === 'linux' && process.getuid?.() === 0 ? true : undefined,
  );
  await attempt({ group: 'pdf', install: 'poppler-utils (pdftotext, pdfinfo, pdftoppm)' }, async () =>
    prepareProgram('pdftotext', log, 'poppler-utils'),
  );
  await attempt({ group: 'relay', install: 'nats-server' }, async () => prepareProgram('nats-server', log));
  const engine = await attempt<TestEngine>(
    { group: 'engine', install: 'Docker (docker.io on Debian and Ubuntu, or Docker Desktop), and start it' },
    async () => prepareEngine(log),
  );
  const podman =
    engine === undefined
      ? undefined
      : await attempt({ group: 'podman', install: 'podman, as root on Debian or Ubuntu' }, async () =>
          preparePodman(engine.socket, log),
        );
  const composeGo = await prepareComposeGo(log);
  const compose = engine === undefined ? undefined : await prepareCompose(log);
  const spare = engine !== undefined && (await canStartSpareEngine());
  return {
    chromium,
    firefox,
    engine,
    podman,
    environment: {
      ...(engine?.registry === undefined ? {} : { DECKHAND_TEST_REGISTRY: engine.registry }),
      ...(compose === undefined ? {} : { DECKHAND_TEST_COMPOSE: compose }),
      ...(composeGo === undefined ? {} : { DECKHAND_TEST_COMPOSE_GO: composeGo }),
      ...(spare ? { DECKHAND_TEST_SPARE: 'there' } : {}),
      ...(podman === undefined ? {} : { DECKHAND_TEST_PODMAN: podman.socket }),
    },
    missing,
    [Symbol.asyncDispose]: async () => {
      await podman?.[Symbol.asyncDispose]();
      await engine?.[Symbol.asyncDispose]();
    },
  };
}

/** Where a program of Debian's is, after installing the package that has it. */
async function prepareProgram(program: string, log: Log, packageName = program): Promise<string | undefined> {
  if ((await which(program)) === undefined && (await canInstall())) await ensurePackages([packageName], log);
  return which(program);
}
