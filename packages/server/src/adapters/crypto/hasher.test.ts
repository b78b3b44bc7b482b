import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { AppError } from '../../kernel/errors.ts';
import { createHasher, defaultHashParameters } from './hasher.ts';

const cheap = { memory: 64, passes: 1, parallelism: 1 };
const isUnavailable = (error: unknown) =>
  error instanceof AppError && error.code === 'UNAVAILABLE' && error.details.retryAfter === 1;

test('hashes and compares in threads, with the default cost of OWASP', async (t) => {
  const hasher = createHasher({ threads: 2 });
  t.after(() => hasher.close());
  const hash = await hasher.hash('correct horse battery');
  assert.match(hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  assert.deepEqual(await hasher.verify('correct horse battery', hash), { matches: true, outdated: false });
  assert.deepEqual(await hasher.verify('wrong', hash), { matches: false, outdated: false });
  assert.deepEqual(await hasher.verify('correct horse battery', undefined), {
    matches: false,
    outdated: false,
  });
});

test('without a hash it takes as long as with one', async (t) => {
  const hasher = createHasher({ threads: 1 });
  t.after(() => hasher.close());
  const hash = await hasher.hash('correct horse battery');
  const timed = async (stored: string | undefined) => {
    const start = performance.now();
    await hasher.verify('wrong', stored);
    return performance.now() - start;
  };
  const [present, absent]: [number[], number[]] = [[], []];
  for (let i = 0; i < 9; i++) {
    present.push(await timed(hash));
    absent.push(await timed(undefined));
  }
  const median = (times: number[]) => times.sort((a, b) => a - b)[4]!;
  const ratio = median(absent) / median(present);
  assert.ok(ratio > 0.7 && ratio < 1.4, `ratio ${ratio}`);
});

test('a wrong password takes no less time where the hash is a cheap one from elsewhere', async (t) => {
  const hasher = createHasher({ threads: 1 });
  t.after(() => hasher.close());
  const cheap = hasher.adopt({ hash: `{SSHA512}${Buffer.alloc(72, 1).toString('base64')}` });
  const [foreign, none]: [number[], number[]] = [[], []];
  for (let i = 0; i < 9; i++) {
    for (const [times, hash] of [
      [foreign, cheap],
      [none, undefined],
    ] as const) {
      const start = performance.now();
      await hasher.verify('wrong', hash);
      times.push(performance.now() - start);
    }
  }
  const median = (times: number[]) => times.sort((a, b) => a - b)[4]!;
  assert.ok(median(foreign) > 0.7 * median(none));
});

test('about two seconds of work wait; the rest is refused at once', async (t) => {
  const hasher = createHasher({ threads: 1, parameters: defaultHashParameters });
  t.after(() => hasher.close());
  const jobs = Array.from({ length: 500 }, () => hasher.hash('p'));
  const start = performance.now();
  const results = Promise.allSettled(jobs);
  await assert.rejects(hasher.verify('p', undefined), isUnavailable);
  assert.ok(performance.now() - start < 50);
  const accepted = (await results).filter(({ status }) => status === 'fulfilled').length;
  assert.ok(accepted >= 40 && accepted <= 120, `accepted ${accepted}`);
  const refused = (await results).filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
  assert.ok(refused.every(({ reason }) => isUnavailable(reason)));
});

test('close ends waiting and later work with UNAVAILABLE', async () => {
  const hasher = createHasher({ threads: 1, parameters: cheap });
  const jobs = Promise.allSettled(Array.from({ length: 20 }, () => hasher.hash('p')));
  await hasher.close();
  const reasons = (await jobs).filter((job) => job.status === 'rejected').map((job) => job.reason);
  assert.ok(reasons.length > 0 && reasons.every(isUnavailable));
  await assert.rejects(hasher.hash('p'), isUnavailable);
});

test('hashing threads yield to the main thread', { skip: process.platform !== 'linux' }, async (t) => {
  const hasher = createHasher({ threads: 2, parameters: cheap });
  t.after(() => hasher.close());
  hasher.warmUp();
  await Promise.all([hasher.hash('p'), hasher.hash('q')]);
  const nice = new Map(
    readdirSync('/proc/self/task').map((task) => [Number(task), niceOf(`/proc/self/task/${task}/stat`)]),
  );
  assert.equal(nice.get(process.pid), niceOf('/proc/self/stat'));
  const lowered = [...nice.values()].filter((value) => value >= nice.get(process.pid)! + 10).length;
  assert.equal(lowered, 2);
});

function niceOf(path: string): number {
  const stat = readFileSync(path, 'latin1');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]);
}
