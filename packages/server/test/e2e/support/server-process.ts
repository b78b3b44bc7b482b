import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from '../../../src/app/find-free-port.ts';
import { type Client, createClient } from '../../support/client.ts';

const source = join(import.meta.dirname, '../../../src');

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A process of Latchkey. */
export interface LatchkeyProcess {
  readonly child: ChildProcess;
  readonly exited: Promise<Exit>;
  /** All that it has written so far. */
  stdout(): string;
  stderr(): string;
}

/** A running server. */
export interface ServerProcess extends LatchkeyProcess {
  readonly url: string;
  readonly client: Client;
  /** Sends the signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<Exit>;
}

type Settings = Readonly<Record<string, string>>;

/** The entry point that users have, or one whose password hashes are cheap. */
export type Entry = 'main' | 'cheap';

const entries: Readonly<Record<Entry, readonly string[]>> = {
  main: [join(source, 'main.ts')],
  cheap: [join(import.meta.dirname, 'cheap-server.ts')],
};

interface ProcessOptions {
  readonly entry?: Entry;
  /** For its standard input. */
  readonly input?: string;
  /** How many files it may have open, as `ulimit -n` sets it. */
  readonly openFiles?: number;
}

/** Runs Latchkey with these arguments and settings, and no others of this environment. */
export function startProcess(
  args: readonly string[],
  settings: Settings,
  { entry = 'main', input, openFiles }: ProcessOptions = {},
): LatchkeyProcess {
  const { PATH = '', HOME = '', TMPDIR = tmpdir() } = process.env;
  const command = [process.execPath, ...entries[entry], ...args];
  const limited =
    openFiles === undefined
      ? command
      : ['/bin/sh', '-c', `ulimit -n ${openFiles}; exec "$0" "$@"`, ...command];
  const child = spawn(limited[0]!, limited.slice(1), {
    // Only tests of the drain wait for it.
    env: { PATH, HOME, TMPDIR, LATCHKEY_DRAIN: '0', ...settings },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (chunk: Buffer) => {
      written[name] += chunk;
    });
  }
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const killed = () => void child.kill('SIGKILL');
  process.once('exit', killed);
  const exited = once(child, 'close').then(([code, signal]): Exit => {
    process.off('exit', killed);
    return { code, signal };
  });
  return { child, exited, stdout: () => written.stdout, stderr: () => written.stderr };
}

/** Runs a verb to its end; the object that it answers with `--json`. Throws an Error when it fails. */
export async function runVerb(
  words: readonly string[],
  settings: Settings,
  input?: string,
): Promise<Record<string, unknown>> {
  const run = startProcess([...words, '--json'], settings, input === undefined ? {} : { input });
  const { code } = await run.exited;
  if (code !== 0) throw new Error(`latchkey ${words.join(' ')} ended with ${code}: ${run.stderr()}`);
  return JSON.parse(run.stdout()) as Record<string, unknown>;
}

/** Starts a server and waits until it is ready. Throws an Error with what it wrote when it is not. */
export async function startServer(
  settings: Settings & { readonly PORT: string },
  options: ProcessOptions = {},
): Promise<ServerProcess> {
  const all = { HOST: '127.0.0.1', LATCHKEY_PUBLIC_URL: `http://127.0.0.1:${settings.PORT}`, ...settings };
  const started = startProcess(options.entry === 'cheap' ? [] : ['serve'], all, options);
  const client = createClient(Number(settings.PORT));
  let ended: Exit | undefined;
  void started.exited.then((exit) => {
    ended = exit;
    client.close();
  });
  const deadline = performance.now() + 20_000;
  while (!(await isReady(client))) {
    if (ended !== undefined || performance.now() > deadline) {
      started.child.kill('SIGKILL');
      throw new Error(`the server is not ready:\n${started.stdout()}\n${started.stderr()}`);
    }
    await sleep(10);
  }
  return {
    ...started,
    url: all.LATCHKEY_PUBLIC_URL,
    client,
    end(signal) {
      started.child.kill(signal);
      return started.exited;
    },
  };
}

async function isReady(client: Client): Promise<boolean> {
  try {
    return (await client.call({ method: 'GET', path: '/health/ready' })).status === 200;
  } catch {
    return false;
  }
}

/** A port that nobody listens on, as a setting. */
export async function freePort(): Promise<string> {
  return String(await findFreePort('127.0.0.1'));
}

/** An empty folder; `remove` takes it away with what is in it, and tries again where a process still writes there. */
export function newFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'latchkey-e2e-'));
  return {
    path,
    remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 }),
  };
}
