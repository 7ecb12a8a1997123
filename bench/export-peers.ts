import { execFile } from 'node:child_process';
import { access, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const INSTALL_MS = 300_000;

/** Another tool that makes PDFs, in a folder of its own outside the repository. */
export interface Peer {
  name: string;
  version: string;
  /** Its command. */
  program: string;
}

interface Wanted {
  name: string;
  /** What to install, newest first; the first set that the registry has is taken. */
  packages: string[][];
  program: string;
}

const PEERS: Wanted[] = [
  { name: 'Marp', packages: [['@marp-team/marp-cli']], program: 'marp' },
  {
    name: 'Slidev',
    packages: ['@slidev/cli', '@slidev/cli@0.49'].map((cli) => [
      cli,
      '@slidev/theme-default',
      'playwright-chromium',
    ]),
    program: 'slidev',
  },
  { name: 'reveal-md', packages: [['reveal-md']], program: 'reveal-md' },
  { name: 'decktape', packages: [['decktape']], program: 'decktape' },
];

/** Installs the other tools, once; those that can't be had are told with the reason. */
export async function installPeers(): Promise<{ peers: Peer[]; missing: string[] }> {
  const peers: Peer[] = [];
  const missing: string[] = [];
  for (const wanted of PEERS) {
    const found = await install(wanted);
    if (typeof found === 'string') missing.push(`${wanted.name}: ${found}`);
    else peers.push(found);
  }
  return { peers, missing };
}

async function install({ name, packages, program }: Wanted): Promise<Peer | string> {
  const folder = join(tmpdir(), 'deckhand-bench-peers', program);
  const file = join(folder, 'node_modules/.bin', program);
  let why = '';
  for (const set of packages) {
    if (await exists(file)) break;
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'package.json'), '{"private": true}');
    process.stderr.write(`Installing ${set.join(' ')}\n`);
    const env = { ...process.env, PUPPETEER_SKIP_DOWNLOAD: '1', PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' };
    const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...set];
    why = await run('npm', args, { cwd: folder, env, timeout: INSTALL_MS }).then(() => '', reasonOf);
  }
  if (!(await exists(file))) return why;
  const [main = ''] = packages[0] ?? [];
  const manifest = JSON.parse(await readFile(join(folder, 'node_modules', main, 'package.json'), 'utf8')) as {
    version: string;
  };
  return { name, version: manifest.version, program: file };
}

function reasonOf(error: unknown): string {
  const { stderr = '', message } = error as { stderr?: string; message: string };
  return /npm error notarget (.*)/.exec(stderr)?.[1] ?? message.split('\n')[0] ?? message;
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
