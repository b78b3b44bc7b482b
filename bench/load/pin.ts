/** Starts processes on a core of their own, and talks to those that are scripts of the bench. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { isReply, type Order, type Reply } from './serve-orders.ts';

export const SERVER_CORE = 0;
export const LOAD_CORE = 1;
/** For a process whose peer does next to nothing: V8's collector and compiler get a core beside it, as they have elsewhere. */
export const BOTH_CORES = '0,1';
type Core = typeof SERVER_CORE | typeof LOAD_CORE | typeof BOTH_CORES;
type Env = Readonly<Record<string, string>>;

/** False on a machine without `taskset`: processes then run unpinned, and the report says so. */
export const canPin = spawnSync('taskset', ['-c', String(SERVER_CORE), 'true']).status === 0;

export interface Pinned {
  readonly pid: number;
  /** Resolves with how the process ended: `exit 0`, `exit SIGKILL`, or why it could not start. */
  readonly gone: Promise<string>;
  /** Sends SIGTERM, and SIGKILL after 5 s; resolves when the process is gone. */
  stop(): Promise<void>;
}

export interface PinnedScript extends Pinned {
  /** The next message that the script sends by itself; rejects when it ends first, or is too late. */
  message<T>(timeoutMs?: number): Promise<T>;
  /** What the script answers to an order (serve-orders.ts); rejects with its failure, when it ends first, or is too late. */
  ask<T>(order: unknown, timeoutMs?: number): Promise<T>;
}

/** Starts another program; nothing that it prints is shown but its errors. */
export function startProgram(core: Core, program: string, args: readonly string[], env: Env = {}): Pinned {
  return asPinned(spawnPinned(core, program, args, env));
}

/** Starts a script of this folder (`load/feed-process.ts`) with this Node and a channel to it. */
export function startScript(
  core: Core,
  script: string,
  env: Env = {},
  nodeFlags: readonly string[] = [],
): PinnedScript {
  const args = [...nodeFlags, join(import.meta.dirname, '..', script)];
  const child = spawnPinned(core, process.execPath, args, env, 'ipc');
  const pinned = asPinned(child);
  const inbox: unknown[] = [];
  const asked = new Map<number, PromiseWithResolvers<unknown>>();
  let wake = () => {};
  let orders = 0;
  child.on('message', (value: unknown) => {
    if (isReply(value)) return settle(value);
    inbox.push(value);
    wake();
  });
  void pinned.gone.then((how) => {
    for (const { reject } of asked.values()) reject(new Error(`${script}: ${how}`));
    asked.clear();
  });

  function settle({ reply, answer, failure }: Reply): void {
    const waiting = asked.get(reply);
    asked.delete(reply);
    if (failure === undefined) waiting?.resolve(answer);
    else waiting?.reject(new Error(`${script}: ${failure}`));
  }

  return {
    ...pinned,
    async message<T>(timeoutMs = 120_000): Promise<T> {
      if (inbox.length === 0) {
        const arrived = new Promise<string>((resolve) => {
          wake = () => resolve('');
        });
        const how = await within(timeoutMs, [arrived, pinned.gone]);
        if (inbox.length === 0) throw new Error(`${script}: ${how}`);
      }
      return inbox.shift() as T;
    },
    async ask<T>(order: unknown, timeoutMs = 600_000): Promise<T> {
      if (!child.connected) throw new Error(`${script}: ${await pinned.gone}`);
      const waiting = Promise.withResolvers<unknown>();
      const id = orders++;
      asked.set(id, waiting);
      child.send({ id, order } satisfies Order<unknown>);
      const timer = setTimeout(settle, timeoutMs, { reply: id, failure: LATE });
      return waiting.promise.finally(() => clearTimeout(timer)) as Promise<T>;
    },
  };
}

function spawnPinned(core: Core, program: string, args: readonly string[], env: Env, channel?: 'ipc') {
  const [command, ...prefix] = canPin ? ['taskset', '-c', String(core), program] : [program];
  const child = spawn(command!, [...prefix, ...args], {
    env: { ...process.env, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'ignore', 'inherit', ...(channel ? [channel] : [])],
  });
  children.add(child);
  return child;
}

function asPinned(child: ChildProcess): Pinned {
  const gone = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(`exit ${code ?? signal}`));
  });
  void gone.then(() => children.delete(child));
  return {
    pid: child.pid!,
    gone,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      if ((await within(5000, [gone])) === LATE) child.kill('SIGKILL');
      await gone;
    },
  };
}

const LATE = 'timed out';

/** The first of these to come, or LATE. */
async function within(ms: number, these: readonly Promise<string>[]): Promise<string> {
  const late = Promise.withResolvers<string>();
  const timer = setTimeout(() => late.resolve(LATE), ms);
  try {
    return await Promise.race([...these, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

const children = new Set<ChildProcess>();
/** Nothing that the bench started outlives it, not even on Ctrl-C. */
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));
