import { getCompileCacheDir } from 'node:module';
import { dirname, extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../kernel/errors.ts';
import type { PasswordHasher } from '../../kernel/ports.ts';
import { adoptHash } from './adopt-hash.ts';
import { type Comparison, type HashParameters, impossibleHash, isFast } from './hash-formats.ts';
import type { HashJob, HashResult } from './hash-worker.ts';
import { isNoPassword } from './no-password.ts';

/** OWASP's minimum for argon2id. One hash takes 20 to 30 ms and 19 MiB. */
export const defaultHashParameters: HashParameters = { memory: 19_456, passes: 2, parallelism: 1 };

/** A PasswordHasher with threads of its own. */
export interface HasherPool extends PasswordHasher {
  /** Starts the threads now and not with the first password. */
  warmUp(): void;
  /** Ends the threads. What still waits fails with UNAVAILABLE. */
  close(): Promise<void>;
}

interface Waiting {
  readonly job: HashJob;
  readonly resolve: (value: string | Comparison) => void;
  readonly reject: (error: AppError) => void;
}

interface Thread {
  readonly worker: Worker;
  /** What it works on, and since when. */
  busy?: Waiting | undefined;
  since: number;
}

/** How long the queue may be: the milliseconds of work that may wait. */
const maxWait = 2000;

/**
 * Hashes passwords in that many threads, which have low priority where the system supports it. About two seconds of
 * work may wait; what would wait longer is refused at once, so that a flood of sign-ins cannot pile up.
 */
export function createHasher(options: {
  readonly threads: number;
  readonly parameters?: HashParameters;
}): HasherPool {
  const { threads: count, parameters = defaultHashParameters } = options;
  const dummy = impossibleHash(parameters);
  const threads = new Set<Thread>();
  const queue: Waiting[] = [];
  let averageTime = 30;
  let closed = false;

  function startThread(): Thread {
    const worker = new Worker(new URL(`./hash-worker${extname(import.meta.filename)}`, import.meta.url), {
      name: 'hash',
      workerData: parameters,
      env: compileCache(),
      execArgv: [],
    });
    const thread: Thread = { worker, since: 0 };
    worker.unref();
    worker.on('message', (result: HashResult) => {
      const waiting = thread.busy;
      thread.busy = undefined;
      worker.unref();
      averageTime += (performance.now() - thread.since - averageTime) / 16;
      if ('value' in result) waiting?.resolve(result.value);
      else waiting?.reject(unavailable());
      dispatch();
    });
    worker.on('error', () => {});
    worker.on('exit', () => {
      threads.delete(thread);
      thread.busy?.reject(unavailable());
      dispatch();
    });
    threads.add(thread);
    return thread;
  }

  function dispatch(): void {
    while (!closed && queue.length > 0) {
      const idle = [...threads].find((thread) => thread.busy === undefined);
      const thread = idle ?? (threads.size < count ? startThread() : undefined);
      if (thread === undefined) return;
      thread.busy = queue.shift()!;
      thread.since = performance.now();
      thread.worker.ref();
      thread.worker.postMessage(thread.busy.job);
    }
  }

  function roomNow(): number {
    return Math.max(count, Math.ceil((maxWait / averageTime) * count));
  }

  function run(job: HashJob, room = roomNow()): Promise<string | Comparison> {
    if (closed || queue.length >= room) return Promise.reject(unavailable());
    return new Promise((resolve, reject) => {
      queue.push({ job, resolve, reject });
      dispatch();
    });
  }

  return {
    hash: (password) => run({ password }) as Promise<string>,
    verify: (password, hash = dummy) => run({ password, hash }) as Promise<Comparison>,
    adopt: adoptHash,
    hasNoPassword: isNoPassword,
    harden: async (hash) =>
      isFast(hash) ? (run({ fast: hash }, Number.POSITIVE_INFINITY) as Promise<string>) : hash,
    warmUp() {
      while (!closed && threads.size < count) startThread();
    },
    async close() {
      closed = true;
      for (const waiting of queue.splice(0)) waiting.reject(unavailable());
      await Promise.all([...threads].map(({ worker }) => worker.terminate()));
    },
  };
}

/** With the compile cache a thread does not load the TypeScript compiler, which takes 18 MiB. */
function compileCache(): Record<string, string> {
  const directory = getCompileCacheDir();
  return directory === undefined ? {} : { NODE_COMPILE_CACHE: dirname(directory) };
}

function unavailable(): AppError {
  return new AppError('UNAVAILABLE', { retryAfter: 1 });
}
