import assert from 'node:assert/strict';
import { test } from 'node:test';
import { comparePassword, hashPassword, impossibleHash } from './hash-formats.ts';

const cheap = { memory: 64, passes: 1, parallelism: 1 };
const none = { matches: false, outdated: false };

test('a hash is a PHC string of its parameters, with a new salt each time', () => {
  const [one, other] = [hashPassword('correct horse', cheap), hashPassword('correct horse', cheap)];
  assert.match(one, /^\$argon2id\$v=19\$m=64,t=1,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  assert.notEqual(one, other);
  assert.deepEqual(comparePassword('correct horse', one, cheap), { matches: true, outdated: false });
  assert.deepEqual(comparePassword('correct horsf', one, cheap), none);
  assert.deepEqual(comparePassword('', one, cheap), none);
});

test('a hash of the reference implementation matches, and is outdated when its parameters are not the current ones', () => {
  // From the tests of P-H-C/phc-winner-argon2: password, somesalt, t=2, m=2^16, p=1.
  const reference = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
  assert.deepEqual(comparePassword('password', reference, cheap), { matches: true, outdated: true });
  assert.deepEqual(comparePassword('password', reference, { memory: 65_536, passes: 2, parallelism: 1 }), {
    matches: true,
    outdated: false,
  });
  assert.equal(comparePassword('Password', reference, cheap).matches, false);
});

test('all of a long password counts, NUL and astral characters too', () => {
  const long = 'x'.repeat(1023);
  const hash = hashPassword(`${long}a`, cheap);
  assert.equal(comparePassword(`${long}b`, hash, cheap).matches, false);
  const nul = hashPassword('secret\0a', cheap);
  assert.equal(comparePassword('secret\0b', nul, cheap).matches, false);
  assert.equal(comparePassword('secret\0a', nul, cheap).matches, true);
});

test('no password has the impossible hash, and it is compared at full cost', () => {
  assert.deepEqual(comparePassword('', impossibleHash(cheap), cheap), none);
});

test('a corrupt hash, or one of absurd cost, matches nothing and costs nothing', () => {
  const [, , , , salt, tag] = hashPassword('p', cheap).split('$');
  const hashes = [
    '',
    'p',
    '$',
    `$argon2id$v=19$m=2147483648,t=2,p=1$${salt}$${tag}`,
    `$argon2id$v=19$m=1048577,t=1,p=1$${salt}$${tag}`,
    `$argon2id$v=19$m=1048576,t=5,p=1$${salt}$${tag}`,
    `$argon2id$v=19$m=64,t=4294967295,p=1$${salt}$${tag}`,
    `$argon2id$v=19$m=64,t=1,p=17$${salt}$${tag}`,
    `$argon2id$v=19$m=64,t=0,p=1$${salt}$${tag}`,
    `$argon2id$v=19$m=0,t=1,p=1$${salt}$${tag}`,
    `$argon2id$v=19$m=-64,t=1,p=1$${salt}$${tag}`,
    `$argon2id$v=19$m=64,m=64,t=1,p=1$${salt}$${tag}`,
    `$argon2id$v=19$m=64,t=1$${salt}$${tag}`,
    `$argon2id$v=16$m=64,t=1,p=1$${salt}$${tag}`,
    `$argon2id$m=64,t=1,p=1$${salt}$${tag}`,
    `$argon2id$v=19$m=64,t=1,p=1$${salt}$`,
    `$argon2id$v=19$m=64,t=1,p=1$${salt}$AA`,
    `$argon2id$v=19$m=64,t=1,p=1$${salt}$${tag}=`,
    `$argon2id$v=19$m=64,t=1,p=1$${salt}$${tag}\n`,
    `$constructor$v=19$m=64,t=1,p=1$${salt}$${tag}`,
    `$argon2i$v=19$m=64,t=1,p=1$${salt}$${tag}`,
  ];
  const start = performance.now();
  for (const hash of hashes) assert.deepEqual(comparePassword('p', hash, cheap), none, hash);
  assert.ok(performance.now() - start < 100);
});
