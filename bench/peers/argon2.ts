/**
 * Bare argon2id at the parameters of Latchkey, in THREADS worker threads. An order is a number of milliseconds: each
 * thread hashes in a loop for that long.
 */
import { argon2Sync, randomBytes } from 'node:crypto';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { serveOrders } from '../load/serve-orders.ts';

export interface Hashed {
  count: number;
  perSecond: number;
}

if (isMainThread) {
  const threads = Number(process.env.THREADS);
  const workers = Array.from({ length: threads }, () => new Worker(import.meta.filename));
  serveOrders(async (durationMs: number): Promise<Hashed> => {
    const done = await Promise.all(workers.map((worker) => runOn(worker, durationMs)));
    return {
      count: done.reduce((sum, { count }) => sum + count, 0),
      perSecond: done.reduce((sum, { perSecond }) => sum + perSecond, 0),
    };
  });
} else {
  parentPort!.on('message', (durationMs: number) => {
    const start = performance.now();
    let count = 0;
    while (performance.now() - start < durationMs) {
      hash();
      count++;
    }
    const perSecond = (count * 1000) / (performance.now() - start);
    parentPort!.postMessage({ count, perSecond } satisfies Hashed);
  });
}

function runOn(worker: Worker, durationMs: number): Promise<Hashed> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.postMessage(durationMs);
  });
}

function hash(): Buffer {
  const message = 'correct horse battery';
  return argon2Sync('argon2id', {
    message,
    nonce: randomBytes(16),
    parallelism: 1,
    tagLength: 32,
    memory: 19_456,
    passes: 2,
  });
}
