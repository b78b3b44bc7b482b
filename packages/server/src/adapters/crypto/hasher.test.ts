import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
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

test('the time does not tell whether a password matched a cheap hash from elsewhere, or whether there is one', async (t) => {
  const hasher = createHasher({ threads: 1 });
  t.after(() => hasher.close());
  const digest = createHash('sha512').update('right').update('salt').digest();
  const plain = hasher.adopt({
    hash: `{SSHA512}${Buffer.concat([digest, Buffer.from('salt')]).toString('base64')}`,
  });
  const wrapped = await hasher.harden(plain);
  const sha512Crypt = `$6$rounds=1000$salt$${'a'.repeat(86)}`;
  const cases = [
    ['wrong', undefined],
    ['right', plain],
    ['wrong', plain],
    ['right', wrapped],
    ['wrong', wrapped],
    ['wrong', sha512Crypt],
  ] as const;
  const times: number[][] = cases.map(() => []);
  for (let i = 0; i < 9; i++) {
    for (const [k, [password, hash]] of cases.entries()) {
      const start = performance.now();
      const { matches } = await hasher.verify(password, hash);
      times[k]!.push(performance.now() - start);
      assert.equal(matches, password === 'right');
    }
  }
  const [none, ...others] = times.map((all) => all.sort((a, b) => a - b)[4]!);
  for (const [k, time] of others.entries())
    assert.ok(time > 0.6 * none! && time < 1.7 * none!, `${cases[k + 1]}: ${time} and ${none}`);
});

test('a fast hash from elsewhere is hardened in a thread, and none waits in vain; others stay as they are', async (t) => {
  const hasher = createHasher({ threads: 2, parameters: cheap });
  t.after(() => hasher.close());
  const fast = hasher.adopt({ hash: `md5$salt$${createHash('md5').update('saltsecret').digest('hex')}` });
  const hardened = await Promise.all(Array.from({ length: 500 }, () => hasher.harden(fast)));
  assert.equal(new Set(hardened).size, 500);
  assert.match(hardened[0]!, /^\$wrapped\$salted-md5\$l=16,first=1\$c2FsdA\$argon2id\$v=19\$m=64,t=1,p=1\$/);
  assert.deepEqual(await hasher.verify('secret', hardened[0]), { matches: true, outdated: true });
  assert.deepEqual(await hasher.verify('secreT', hardened[0]), { matches: false, outdated: false });
  assert.equal(await hasher.harden(hardened[0]!), hardened[0]);
  const own = await hasher.hash('p');
  assert.equal(await hasher.harden(own), own);
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
