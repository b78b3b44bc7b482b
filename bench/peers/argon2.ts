/**
 * Bare argon2id at the parameters of Latchkey: as many worker threads as it is told, each hashing in a loop.
 * Told `run`, it hashes for that many milliseconds and answers with hashes per second.
 */
import { argon2Sync, randomBytes } from 'node:crypto';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';

if (isMainThread) {
  const threads = Number(process.env.THREADS);
  const workers = Array.from({ length: threads }, () => new Worker(import.meta.filename));
  process.once('disconnect', () => process.exit(0));
  process.send?.('ready');
  process.on('message', (durationMs: number) => {
    Promise.all(workers.map((worker) => runOn(worker, durationMs))).then(
      (rates) => process.send?.(rates.reduce((sum, rate) => sum + rate, 0)),
      () => process.exit(1),
    );
  });
} else {
  parentPort!.on('message', (durationMs: number) => {
    const start = performance.now();
    let count = 0;
    while (performance.now() - start < durationMs) {
      hash();
      count++;
    }
    parentPort!.postMessage((count * 1000) / (performance.now() - start));
  });
}

function runOn(worker: Worker, durationMs: number): Promise<number> {
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
