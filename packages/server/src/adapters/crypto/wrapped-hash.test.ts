import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foreignHashes } from '../../../test/support/foreign-hashes.ts';
import { adoptHash } from './adopt-hash.ts';
import { comparePassword, hardenHash, isFast } from './hash-formats.ts';

const cheap = { memory: 64, passes: 1, parallelism: 1 };

test('a hash that is fast to guess is stored inside one of argon2id, with a salt of its own', () => {
  const fast = foreignHashes.filter(({ foreign }) => isFast(adoptHash(foreign)));
  assert.ok(fast.length > 50);
  for (const { foreign, password, source } of fast) {
    const adopted = adoptHash(foreign);
    const [one, other] = [hardenHash(adopted, cheap), hardenHash(adopted, cheap)];
    assert.match(one, /^\$wrapped\$[a-z0-9-]+\$l=\d+.*\$argon2id\$v=19\$m=64,t=1,p=1\$/, source);
    assert.notEqual(one, other);
    assert.ok(!one.includes(adopted.split('$').at(-1)!), source);
    assert.equal(hardenHash(one, cheap), one);
    assert.ok(comparePassword(password, other, cheap).matches, source);
  }
  for (const kind of ['salted-', 'hmac-', 'iterated-', 'phpass-md5', 'pbkdf2-sha1$i=1000$'])
    assert.ok(
      fast.some(({ foreign }) => adoptHash(foreign).startsWith(`$${kind}`)),
      kind,
    );
});

test('a wrapped hash that is corrupt or absurd matches nothing', () => {
  const wrapped = hardenHash(adoptHash({ hash: `md5$salt$${'ab'.repeat(16)}` }), cheap);
  for (const [part, other] of [
    ['l=16', 'l=15'],
    ['l=16', 'l=999'],
    ['first=1', 'first=2'],
    ['m=64', 'm=999999999'],
    ['salted-md5', 'salted-md9'],
    ['salted-md5', 'wrapped'],
    ['$argon2id', '$argon2i'],
    ['$wrapped', '$wrapped$wrapped'],
  ] as const) {
    const hash = wrapped.replace(part, other);
    assert.notEqual(hash, wrapped);
    assert.throws(() => adoptHash({ hash }), { code: 'INVALID_DATA' }, hash);
    assert.equal(comparePassword('p', hash, cheap).matches, false, hash);
  }
});

test('only fast hashes are wrapped: two slow ones would cost twice as much as one may', () => {
  const wrapped = hardenHash(adoptHash({ hash: `pbkdf2_sha1$1000$salt$${'ab'.repeat(13)}Y=` }), cheap);
  assert.match(wrapped, /^\$wrapped\$pbkdf2-sha1\$l=20,i=1000\$/);
  const hash = wrapped.replace('i=1000', 'i=4000000');
  assert.throws(() => adoptHash({ hash }), { code: 'INVALID_DATA' });
  assert.equal(comparePassword('p', hash, cheap).matches, false);
});
