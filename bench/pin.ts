import { type ChildProcess, spawn, spawnSync } from 'node:child_process';

export const SERVER_CORE = 0;
export const LOAD_CORE = 1;
/** For a process whose peer does next to nothing: V8's collector and compiler get a core beside it, as they have elsewhere. */
export const BOTH_CORES = '0,1';

/** False on a machine without `taskset`: processes then run unpinned, and the table says so. */
export const canPin = spawnSync('taskset', ['-c', String(SERVER_CORE), 'true']).status === 0;

export interface Pinned {
  readonly process: ChildProcess;
  /** The next message the child sends; rejects when it dies first. */
  message<T>(timeoutMs?: number): Promise<T>;
  /** SIGTERM, then SIGKILL after 5 s; resolves when it is gone. */
  stop(): Promise<void>;
}

/**
 * Runs a script with this Node on one core (or both), with an IPC channel. What it prints to stderr is passed on.
 * Another program than Node needs `ipc: false`.
 */
export function startPinned(
  core: number | typeof BOTH_CORES,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  options: { quiet?: boolean; ipc?: boolean; program?: string } = {},
): Pinned {
  const { program = process.execPath } = options;
  const command = canPin ? 'taskset' : program;
  const prefix = canPin ? ['-c', String(core), program] : [];
  const output = options.quiet ? 'ignore' : 'inherit';
  const child = spawn(command, [...prefix, ...args], {
    env: { ...process.env, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'ignore', output, ...(options.ipc === false ? [] : (['ipc'] as const))],
  });
  const gone = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(`exit ${code ?? signal}`));
  });
  const inbox: unknown[] = [];
  let wake: (() => void) | undefined;
  child.on('message', (value) => {
    inbox.push(value);
    wake?.();
  });
  children.add(child);
  void gone.then(() => children.delete(child));

  return {
    process: child,
    async message<T>(timeoutMs = 120_000): Promise<T> {
      if (inbox.length === 0) {
        const arrived = new Promise<undefined>((resolve) => {
          wake = () => resolve(undefined);
        });
        const { promise: late, cancel } = after(timeoutMs);
        const reason = await Promise.race([arrived, gone, late]);
        cancel();
        wake = undefined;
        if (inbox.length === 0) throw new Error(`${args[0]}: ${reason}`);
      }
      return inbox.shift() as T;
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      const { promise: late, cancel } = after(5000);
      const first = await Promise.race([gone, late]);
      cancel();
      if (first === LATE) child.kill('SIGKILL');
      await gone;
    },
  };
}

const LATE = 'timed out';

function after(ms: number): { promise: Promise<string>; cancel: () => void } {
  const { promise, resolve } = Promise.withResolvers<string>();
  const timer = setTimeout(() => resolve(LATE), ms);
  return { promise, cancel: () => clearTimeout(timer) };
}

const children = new Set<ChildProcess>();
/** Nothing that the bench started outlives it, not even on Ctrl-C. */
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));
