import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  freePort,
  newFolder,
  runVerb,
  type ServerProcess,
  startServer,
} from '../../packages/server/test/e2e/support/server-process.ts';
import { installInto } from '../../scripts/install.ts';
import { buildPackage } from '../../scripts/pack/pack-package.ts';

const here = import.meta.dirname;
const next = join(here, 'node_modules/next/dist/bin/next');

/** Installs Next.js, packs the adapter and builds the app, with no setting of Latchkey in the environment. */
export function buildApp(): void {
  installInto(here);
  buildPackage('verify', join(here, 'node_modules/@latchkey/verify'));
  const { status, stdout, stderr } = spawnSync(process.execPath, [next, 'build'], {
    cwd: here,
    encoding: 'utf8',
    env: environment({}),
  });
  if (status !== 0) throw new Error(`next build ended with ${status}:\n${stdout}${stderr}`);
}

/** What `next start` runs. */
export interface NextProcess {
  readonly url: string;
  /** All that it has written so far. */
  output(): string;
  end(): Promise<void>;
}

/** Starts the app that was built, and waits until it listens. */
export async function startNext(
  settings: Readonly<Record<string, string>>,
  port: string,
): Promise<NextProcess> {
  const child = spawn(process.execPath, [next, 'start', '--port', port, '--hostname', 'localhost'], {
    cwd: here,
    env: environment(settings),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const deadline = performance.now() + 20_000;
  while (!output.includes('Ready in')) {
    if (child.exitCode !== null || performance.now() > deadline) throw new Error(`next start: ${output}`);
    await sleep(20);
  }
  return { url: `http://localhost:${port}`, output: () => output, end: () => endProcess(child) };
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}

/** Latchkey and the app on the same host, as behind one proxy: cookies do not tell ports apart. */
export interface Stand {
  readonly latchkey: ServerProcess;
  readonly app: NextProcess;
  /** How many verifiers the app has connected. */
  countVerifiers(): Promise<number>;
  end(): Promise<void>;
}

export async function startStand(): Promise<Stand> {
  const folder = newFolder();
  const [PORT, port] = [await freePort(), await freePort()];
  const settings = {
    PORT,
    LATCHKEY_DATA_DIR: folder.path,
    LATCHKEY_PUBLIC_URL: `http://localhost:${PORT}`,
    LATCHKEY_ALLOWED_ORIGINS: `http://localhost:${port}`,
  };
  const latchkey = await startServer(settings, { entry: 'cheap' });
  const { key } = await runVerb(['services', 'add', 'next'], settings);
  const app = await startNext({ LATCHKEY_PUBLIC_URL: latchkey.url, LATCHKEY_SERVICE_KEY: String(key) }, port);
  return {
    latchkey,
    app,
    async countVerifiers() {
      const { data } = await runVerb(['services', 'list'], settings);
      return (data as readonly { readonly connected: number }[])[0]!.connected;
    },
    async end() {
      await app.end();
      await latchkey.end('SIGKILL');
      folder.remove();
    },
  };
}

/** An environment in which nothing is set but this. */
function environment(settings: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const { PATH = '', HOME = '' } = process.env;
  return { PATH, HOME, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', ...settings };
}
