/** Starts the server under test, and fills its store while it is stopped. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../scripts/free-port.ts';
import type { Options } from '../context.ts';
import { type Pinned, SERVER_CORE, startProgram, startScript } from '../load/pin.ts';
import type { Seeded } from './seed-accounts.ts';

const root = join(import.meta.dirname, '../..');
const main = join(root, 'packages/server/src/main.ts');

type Env = Readonly<Record<string, string>>;

/** Set, so that the sign-in row is against as many threads; one is what the server takes on one core. */
const HASH_THREADS = 1;

export interface Server {
  readonly port: number;
  readonly pid: number;
  readonly url: string;
  /** Where its database and keys are. */
  readonly dataDir: string;
  stop(): Promise<void>;
}

export interface Latchkey extends Server {
  readonly hashThreads: number;
  /** Cookie headers of live sessions, each of another session. */
  readonly cookies: readonly string[];
  /** Of other live sessions, to be closed. */
  readonly spare: string[];
  /** Logins of accounts, all with this password. */
  readonly logins: readonly string[];
  readonly password: string;
  /** Headers that make the n-th sign-in come from an address of its own, as real ones do. */
  addressHeaders(n: number): Record<string, string>;
  /** The answer to a request with a live session. Throws for anything but a 200. */
  json(method: 'GET' | 'POST' | 'DELETE', path: string, cookie?: string): Promise<unknown>;
}

/** Starts the server on its core with a data folder; resolves at the first 200 of /health/ready. */
export async function startLatchkey(
  dataDir: string,
  { profile, env }: { readonly profile?: string | undefined; readonly env?: Env } = {},
): Promise<Server> {
  if (!existsSync(main)) throw new Error(`${main} is missing: there is no server to measure`);
  mkdirSync(dataDir, { recursive: true });
  const port = await freePort();
  const flags = [...startFlags(), ...(profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [])];
  const args = [...flags, main, 'serve'];
  const { pid, gone, stop } = startProgram(SERVER_CORE, process.execPath, args, {
    ...settings(dataDir, port),
    ...env,
  });
  let ended: string | undefined;
  void gone.then((how) => {
    ended = how;
  });
  const deadline = performance.now() + 15_000;
  while ((await statusOf(port, '/health/ready')) !== 200) {
    if (ended !== undefined) throw new Error(`the server ended before it was ready: ${ended}`);
    if (performance.now() > deadline) throw new Error('the server was not ready within 15 s');
    await sleep(5);
  }
  return { port, pid, url: `http://127.0.0.1:${port}`, dataDir, stop };
}

/** Registers a service by the command line, beside the running server. Its key. */
export function addService({ dataDir, port }: Server, name: string): string {
  const env = { ...process.env, ...settings(dataDir, port) };
  const added = execFileSync(process.execPath, [main, 'services', 'add', name, '--json'], { env });
  return (JSON.parse(String(added)) as { key: string }).key;
}

/** Starts `latchkey accounts import` on the server's core. */
export function startImport(dataDir: string, file: string): Pinned {
  const bin = join(root, 'packages/server/bin/latchkey.js');
  const args = [bin, 'accounts', 'import', file, '--json'];
  return startProgram(SERVER_CORE, process.execPath, args, settings(dataDir, 8080));
}

/** Starts a server on a store that holds many accounts and sessions. */
export async function startSeeded(dataDir: string, options: Options, env: Env = {}): Promise<Latchkey> {
  // The first start makes the keys and the tables.
  await (await startLatchkey(dataDir, { env })).stop();
  const all = { SESSIONS: String(options.sessions), ...env };
  const seeded = await runOnStore<Seeded>('server/seed-accounts.ts', dataDir, all);
  const server = await startLatchkey(dataDir, { profile: options.profile, env });
  return {
    ...server,
    ...seeded,
    hashThreads: HASH_THREADS,
    addressHeaders: (n) => ({ 'X-Forwarded-For': `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}` }),
    async json(method, path, cookie = seeded.cookies[0]!) {
      const response = await fetch(server.url + path, { method, headers: { cookie } });
      if (response.status === 200) return response.json();
      throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    },
  };
}

/** Runs a script of the bench on the store of a stopped server. What it sends. */
export async function runOnStore<Message>(script: string, dataDir: string, env: Env): Promise<Message> {
  mkdirSync(dataDir, { recursive: true });
  const child = startScript(SERVER_CORE, script, { ...settings(dataDir, 8080), ...env });
  try {
    return await child.message<Message>(600_000);
  } finally {
    await child.stop();
  }
}

/** What `npm start` gives to Node besides the script. */
function startFlags(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return scripts.start.split(' ').filter((word: string) => word.startsWith('--'));
}

/** The server's configuration; what is not here is at its default. */
function settings(dataDir: string, port: number): Record<string, string> {
  return {
    PORT: String(port),
    HOST: '127.0.0.1',
    LATCHKEY_PUBLIC_URL: `http://127.0.0.1:${port}`,
    LATCHKEY_DATA_DIR: dataDir,
    LATCHKEY_DRAIN: '0',
    LATCHKEY_HASH_THREADS: String(HASH_THREADS),
    // A row has a thousand verifiers of one service.
    LATCHKEY_FEED_STREAMS: '1000',
    // Believes the addresses that `addressHeaders` makes up.
    LATCHKEY_TRUSTED_PROXIES: '127.0.0.1',
  };
}

/** The status of a GET, 0 when nobody answers. */
function statusOf(port: number, path: string): Promise<number> {
  return new Promise((resolve) => {
    const request = get({ port, path, host: '127.0.0.1', agent: false, timeout: 1000 }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(0));
  });
}
