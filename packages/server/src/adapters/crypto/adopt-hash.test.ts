import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foreignHashes } from '../../../test/support/foreign-hashes.ts';
import { AppError } from '../../kernel/errors.ts';
import type { ForeignHash } from '../../kernel/ports.ts';
import { adoptHash } from './adopt-hash.ts';
import { comparePassword, hardenHash } from './hash-formats.ts';

const cheap = { memory: 64, passes: 1, parallelism: 1 };
const salt = 'c2FsdHNhbHQ';
const tag = (bytes: number) => Buffer.alloc(bytes, 7).toString('base64').replace(/=+$/, '');

/** The field that an INVALID_DATA is about, and what is wrong with it. */
function refusal(foreign: ForeignHash): string {
  try {
    return adoptHash(foreign);
  } catch (error) {
    assert.ok(error instanceof AppError && error.code === 'INVALID_DATA');
    const { field, message } = error.details.errors![0]!;
    return `${field} ${message}`;
  }
}

test('what other programs made is taken over, hardened, and matches its password and no other', () => {
  assert.ok(foreignHashes.length > 150);
  for (const { source, password, foreign } of foreignHashes) {
    const what = `${source}: ${foreign.hash}`;
    const adopted = adoptHash(foreign);
    const stored = hardenHash(adopted, cheap);
    assert.match(stored, /^\$[\x21-\x7e]{1,1023}$/, what);
    assert.equal(adoptHash({ hash: adopted }), adopted, what);
    assert.equal(adoptHash({ hash: stored }), stored, what);
    assert.deepEqual(comparePassword(password, stored, cheap), { matches: true, outdated: true }, what);
    const first = password[0] === 'y' ? 'z' : 'y';
    const wrong = foreign.hash.length % 2 === 0 ? first + password.slice(1) : password.slice(0, 10);
    assert.equal(comparePassword(wrong, stored, cheap).matches, false, what);
  }
});

test('the signer key of a Firebase project is not stored', () => {
  const firebase = foreignHashes.filter(({ foreign }) => foreign.kind === 'firebase-scrypt');
  assert.ok(firebase.length > 1);
  for (const { foreign } of firebase) {
    const stored = adoptHash(foreign);
    assert.match(stored, /^\$firebase-scrypt\$ln=14,r=8,p=1\$/);
    assert.ok(!stored.includes(String(foreign.parameters!.signer_key).slice(0, 20)));
  }
});

test('a hash that Firebase withheld is told from a bad one', () => {
  const { foreign } = foreignHashes.find(({ system }) => system === 'Firebase')!;
  assert.match(refusal({ ...foreign, hash: 'UkVEQUNURUQ=' }), /^hash was withheld by Firebase/);
});

test('spaces around a hash, as columns of a fixed width have them, do not count', () => {
  const { hash } = foreignHashes.find(({ foreign }) => foreign.hash.startsWith('$2b$'))!.foreign;
  assert.equal(adoptHash({ hash: `${hash}      \n` }), hash);
});

test('every system has a sample', () => {
  const systems = new Set(foreignHashes.map(({ system }) => system));
  for (const system of [
    'ASP.NET Identity',
    'Auth0',
    'Better Auth',
    'Devise',
    'Directus',
    'Django',
    'Dovecot',
    'Drupal',
    'Firebase',
    'Flask',
    'Keycloak',
    'Laravel',
    'LDAP',
    'Meteor',
    'OpenLDAP',
    'FreeIPA',
    'Ory Kratos',
    'Spring Security',
    'Supabase',
    'WordPress',
  ])
    assert.ok(systems.has(system), system);
});

test('a name of a digest may have a hyphen, as ApacheDS writes it', () => {
  const { foreign } = foreignHashes.find(({ foreign }) => foreign.hash.startsWith('{SSHA256}'))!;
  assert.equal(adoptHash({ hash: foreign.hash.replace('SSHA', 'ssha-') }), adoptHash(foreign));
});

test('of a bcrypt password the first 72 bytes count, and nothing ends at a NUL', () => {
  const long = foreignHashes.find(({ source }) => source.includes('of these 80'))!;
  const matches = (password: string) => comparePassword(password, long.foreign.hash, cheap).matches;
  assert.ok(matches(long.password.slice(0, 72)) && matches(`${long.password.slice(0, 72)}other`));
  assert.ok(
    !matches(long.password.slice(0, 71)) &&
      !matches(`${long.password.slice(0, 71)}x${long.password.slice(72)}`),
  );
  const plain = foreignHashes.find(({ foreign }) => foreign.hash.startsWith('$2b$'))!;
  assert.equal(comparePassword(`${plain.password}\0more`, plain.foreign.hash, cheap).matches, false);
});

test('a password that was hashed in another Unicode form than NFC is another one', () => {
  const unicode = foreignHashes.find(({ password }) => password.includes('ä'))!;
  assert.equal(
    comparePassword(unicode.password.normalize('NFD'), unicode.foreign.hash, cheap).matches,
    false,
  );
});

test('what would take seconds or gigabytes is refused with the reason, and never computed', () => {
  const costly = [
    `$2b$31$${'a'.repeat(21)}u${'a'.repeat(31)}`,
    `$2b$15$${'a'.repeat(21)}u${'a'.repeat(31)}`,
    `$scrypt$ln=30,r=8,p=1$${salt}$${tag(32)}`,
    `$scrypt$ln=18,r=16,p=1$${salt}$${tag(32)}`,
    `$scrypt$ln=14,r=8,p=100000$${salt}$${tag(32)}`,
    `$scrypt$ln=9999999999,r=1,p=1$${salt}$${tag(32)}`,
    `scrypt:1073741824:8:1$salt$${'ab'.repeat(32)}`,
    `$argon2id$v=19$m=4194304,t=1,p=1$${salt}$${tag(32)}`,
    `$argon2d$v=19$m=262144,t=5,p=1$${salt}$${tag(32)}`,
    `$argon2i$v=19$m=64,t=4294967295,p=1$${salt}$${tag(32)}`,
    `$pbkdf2-sha256$i=4000001$${salt}$${tag(32)}`,
    `$pbkdf2-sha1$i=1000000$${salt}$${tag(100)}`,
    `pbkdf2_sha256$9999999999$salt$${tag(32)}=`,
    `$6$rounds=999999999$salt$${'a'.repeat(86)}`,
    // Memory for the blocks of r, and not only for N.
    `$scrypt$ln=1,r=1048576,p=1$${salt}$${tag(32)}`,
    // Two texts of a password, or three, are hashed.
    `$wp$2y$14$${'a'.repeat(21)}u${'a'.repeat(30)}u`,
    `$phpass-md5$ln=18$${salt}$${tag(16)}`,
    `$phpass-sha512$ln=19$${salt}$${tag(32)}`,
    // Two hashes, the second as often as there are texts.
    `$wrapped$salted-md5$l=16,first=1$${salt}$argon2id$v=19$m=262144,t=4,p=1$${salt}$${tag(32)}`,
  ];
  const start = performance.now();
  for (const hash of costly) {
    assert.match(refusal({ hash }), /^hash would take more than a second or 256 MiB/, hash);
    assert.equal(comparePassword('p', hash, cheap).matches, false, hash);
  }
  assert.ok(performance.now() - start < 1000);
});

test('what is malformed, weak or unknown is refused with the reason', () => {
  for (const [hash, reason] of [
    ['', /^hash says that there is no password/],
    ['5f4dcc3b5aa765d61d8327deb882cf99', /^hash is not of a known kind/],
    ['$1$salt$qJH7.N4xYta3aEG/dfqozz', /^hash is malformed/],
    [`U$S$D${'a'.repeat(51)}`, /^hash is not of a known kind/],
    ['$y$j9T$salt$abc', /^hash is yescrypt/],
    ['{CRYPT}$y$j9T$salt$abc', /^hash is yescrypt/],
    ['{noop}secret', /^hash is the password itself/],
    ['{PLAIN}secret', /^hash is the password itself/],
    ['{SASL}ada@example.com', /^hash says that another system/],
    ['bcrypt_sha256$$2b$12$x', /^hash is malformed/],
    [`$2x$05$${'a'.repeat(21)}u${'a'.repeat(31)}`, /^hash is of a faulty version/],
    [`$2b$03$${'a'.repeat(21)}u${'a'.repeat(30)}u`, /^hash is malformed/],
    [`$2b$05$${'a'.repeat(22)}${'a'.repeat(30)}u`, /^hash is malformed/],
    [`$2b$05$${'a'.repeat(21)}u${'a'.repeat(30)}b`, /^hash is malformed/],
    [`$argon2id$v=16$m=64,t=1,p=1$${salt}$${tag(32)}`, /^hash is of an old version/],
    [`$argon2id$m=64,t=1,p=1$${salt}$${tag(32)}`, /^hash is of an old version/],
    [`$argon2id$v=19$m=64,t=1,p=1$${salt}$${tag(15)}`, /^hash is malformed/],
    [`$argon2id$v=19$m=64,t=1,p=1$c2FsdA$${tag(32)}`, /^hash is malformed/],
    [`$pbkdf2-sha256$i=1000$${salt}$${tag(8)}`, /^hash is malformed/],
    [`$pbkdf2-sha256$i=1000,l=31$${salt}$${tag(32)}`, /^hash is malformed/],
    [`$pbkdf2-sha256$i=0$${salt}$${tag(32)}`, /^hash is malformed/],
    [`$pbkdf2-md5$i=1000$${salt}$${tag(32)}`, /^hash is not of a known kind/],
    [`$scrypt$ln=0,r=8,p=1$${salt}$${tag(32)}`, /^hash is malformed/],
    [`scrypt:1000:8:1$salt$${'ab'.repeat(32)}`, /^hash is malformed/],
    [`{SSHA512}${tag(64)}`, /^hash is malformed/],
    [`$6$rounds=0100$salt$${'a'.repeat(86)}`, /^hash is malformed/],
    ['x'.repeat(2000), /^hash is not of a known kind/],
  ] as const) {
    assert.match(refusal({ hash }), reason, hash);
  }
});

test('whatever is changed in a hash, it is taken over in one spelling or refused with a reason', () => {
  const odd = ['$', '=', ',', '0', '9', 'A', '{', '}', ':', 'é', '\0', '99999999999'];
  for (const [k, { foreign }] of foreignHashes.entries()) {
    for (let i = 0; i < 60; i++) {
      const at = (i * 7919 + k * 104_729) % (Math.min(foreign.hash.length, 60) + 1);
      const hash = foreign.hash.slice(0, at) + odd[(i + k) % odd.length] + foreign.hash.slice(at + (i % 3));
      try {
        const adopted = adoptHash({ ...foreign, hash });
        assert.equal(adoptHash({ hash: adopted }), adopted, hash);
        const stored = hardenHash(adopted, cheap);
        assert.equal(adoptHash({ hash: stored }), stored, hash);
      } catch (error) {
        assert.ok(error instanceof AppError && error.code === 'INVALID_DATA', `${hash}: ${error}`);
      }
    }
  }
});

test('a bcrypt hash may be of something else than the password', () => {
  const { hash } = foreignHashes.find(({ foreign }) => foreign.hash.startsWith('$2a$'))!.foreign;
  assert.equal(adoptHash({ hash, kind: 'bcrypt', parameters: { pepper: 'p' } }), `$bcrypt-pepper$cA${hash}`);
  assert.equal(adoptHash({ hash, kind: 'bcrypt-sha256-hex' }), `$bcrypt-sha256-hex${hash}`);
  for (const parameters of [
    {},
    { pepper: '' },
    { pepper: 1 },
    { pepper: 'p'.repeat(257) },
    { pepper: 'p', x: 1 },
  ])
    assert.match(refusal({ hash, kind: 'bcrypt', parameters }), /^hash_params can only have pepper/);
});

test('a bare hash needs its kind, its salt and its parameters, and no others', () => {
  const good: ForeignHash = {
    hash: 'ab'.repeat(32),
    kind: 'pbkdf2-sha256',
    salt: '0011',
    parameters: { encoding: 'hex', iterations: 1000 },
  };
  assert.equal(refusal(good).slice(0, 22), '$pbkdf2-sha256$i=1000$');
  const parameters = { encoding: 'hex', iterations: 1000 };
  const firebase = {
    encoding: 'hex',
    rounds: 8,
    mem_cost: 14,
    salt_separator: 'Bw==',
    signer_key: Buffer.alloc(32).toString('base64'),
  };
  for (const [changes, field] of [
    [{ kind: undefined }, 'hash_kind'],
    [{ kind: 'constructor' }, 'hash_kind'],
    [{ kind: 'bcrypt' }, 'hash_kind'],
    [{ salt: undefined }, 'salt'],
    [{ salt: 'xyz' }, 'salt'],
    [{ hash: 'abc' }, 'hash'],
    [{ hash: 'zz'.repeat(32) }, 'hash'],
    [{ parameters: undefined }, 'hash_params'],
    [{ parameters: { ...parameters, encoding: 'utf8' } }, 'hash_params'],
    [{ parameters: { ...parameters, iterations: '1000' } }, 'hash_params'],
    [{ parameters: { ...parameters, iterations: 1e9 } }, 'hash'],
    [{ parameters: { ...parameters, digest: 'md5' } }, 'hash_params'],
    [{ kind: 'scrypt', parameters: { encoding: 'hex', n: 1000, r: 8, p: 1 } }, 'hash_params'],
    [{ kind: 'salted-sha512', parameters: { encoding: 'hex' } }, 'hash_params'],
    [{ kind: 'sha256', parameters: { encoding: 'hex' } }, 'salt'],
    [{ kind: 'md5', salt: undefined, parameters: { encoding: 'hex' } }, 'hash'],
    [{ kind: 'firebase-scrypt', parameters: {} }, 'hash_params'],
    [{ kind: 'firebase-scrypt', parameters: { ...firebase, signer_key: '?' } }, 'hash_params'],
    [{ kind: 'firebase-scrypt', parameters: { ...firebase, mem_cost: 0 } }, 'hash_params'],
    [{ kind: 'firebase-scrypt', parameters: { ...firebase, mem_cost: 40 } }, 'hash'],
    [{ kind: 'firebase-scrypt', parameters: { ...firebase, signer_key: 'AAAA' } }, 'hash'],
  ] as const) {
    const {
      kind,
      salt: itsSalt,
      parameters: its,
      ...rest
    } = { ...good, ...changes } as Record<string, unknown>;
    const foreign = {
      ...rest,
      ...(kind !== undefined && { kind }),
      ...(itsSalt !== undefined && { salt: itsSalt }),
      ...(its !== undefined && { parameters: its }),
    } as ForeignHash;
    assert.equal(refusal(foreign).split(' ')[0], field, JSON.stringify(changes));
  }
  const { hash } = foreignHashes.find(({ foreign }) => foreign.kind === 'bcrypt')!.foreign;
  assert.equal(refusal({ hash, kind: 'scrypt' }), 'hash_kind is not the kind of the hash');
});
