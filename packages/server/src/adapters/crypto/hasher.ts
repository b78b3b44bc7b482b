import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../kernel/errors.ts';
import type { PasswordHasher } from '../../kernel/ports.ts';
import { adoptHash } from './adopt-hash.ts';
import { type Comparison, type HashParameters, impossibleHash } from './hash-formats.ts';
import type { HashJob, HashResult } from './hash-worker.ts';

/** OWASP's floor for argon2id; one hash takes 20 to 30 ms and 19 MiB. */
export const defaultHashParameters: HashParameters = { memory: 19_456, passes: 2, parallelism: 1 };

/** A PasswordHasher with threads of its own. */
export interface HasherPool extends PasswordHasher {
  /** Starts the threads now instead of with the first password. */
  warmUp(): void;
  /** Ends the threads; what is still waiting fails with UNAVAILABLE. */
  close(): Promise<void>;
}

interface Waiting {
  readonly job: HashJob;
  readonly resolve: (value: string | Comparison) => void;
  readonly reject: (error: AppError) => void;
}

interface Thread {
  readonly worker: Worker;
  /** What it works at, and since when. */
  busy?: Waiting | undefined;
  since: number;
}

/** How many milliseconds of work may wait. */
const maxWait = 2000;

/**
 * Hashes passwords in that many threads, of low priority where the system knows such a thing. About two seconds of
 * work may wait; what comes beyond it is refused at once, so that a flood of sign-ins cannot pile up.
 */
export function createHasher(options: {
  readonly threads: number;
  readonly parameters?: HashParameters;
}): HasherPool {
  const { threads: count, parameters = defaultHashParameters } = options;
  const dummy = impossibleHash(parameters);
  const threads = new Set<Thread>();
  const queue: Waiting[] = [];
  let usual = 30;
  let closed = false;

  function start(): Thread {
    const worker = new Worker(new URL('./hash-worker.ts', import.meta.url), {
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
      usual += (performance.now() - thread.since - usual) / 16;
      if ('value' in result) waiting?.resolve(result.value);
      else waiting?.reject(unavailable());
      next();
    });
    worker.on('error', () => {});
    worker.on('exit', () => {
      threads.delete(thread);
      thread.busy?.reject(unavailable());
      next();
    });
    threads.add(thread);
    return thread;
  }

  function next(): void {
    while (!closed && queue.length > 0) {
      const idle = [...threads].find((thread) => thread.busy === undefined);
      const thread = idle ?? (threads.size < count ? start() : undefined);
      if (thread === undefined) return;
      thread.busy = queue.shift()!;
      thread.since = performance.now();
      thread.worker.ref();
      thread.worker.postMessage(thread.busy.job);
    }
  }

  function run(job: HashJob): Promise<string | Comparison> {
    const room = Math.max(count, Math.ceil((maxWait / usual) * count));
    if (closed || queue.length >= room) return Promise.reject(unavailable());
    return new Promise((resolve, reject) => {
      queue.push({ job, resolve, reject });
      next();
    });
  }

  return {
    hash: (password) => run({ password }) as Promise<string>,
    verify: (password, hash = dummy) => run({ password, hash }) as Promise<Comparison>,
    adopt: adoptHash,
    warmUp() {
      while (!closed && threads.size < count) start();
    },
    async close() {
      closed = true;
      for (const waiting of queue.splice(0)) waiting.reject(unavailable());
      await Promise.all([...threads].map(({ worker }) => worker.terminate()));
    },
  };
}

/** Where the compile cache has the worker's code, its thread does not load the compiler, which takes 18 MiB. */
function compileCache(): Record<string, string> {
  const directory = getCompileCacheDir();
  return directory === undefined ? {} : { NODE_COMPILE_CACHE: dirname(directory) };
}

function unavailable(): AppError {
  return new AppError('UNAVAILABLE', { retryAfter: 1 });
}
