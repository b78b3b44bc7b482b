import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { movableClock } from '../../../test/support/clock.ts';
import { masterKey } from '../../config/values.ts';
import { AppError } from '../../kernel/errors.ts';
import { openKeyRing } from './key-ring.ts';
import { KeyError } from './key-storage.ts';
import { memoryRing, memorySecrets } from './testing.ts';

const start = 1_790_000_000_000;

const newDir = () => join(mkdtempSync(join(tmpdir(), 'latchkey-keys-')), 'data');
const key = (byte: string) => masterKey(byte.repeat(32));
const common = { algorithm: 'ES256', rotation: 0, tokenTtl: 300_000 } as const;

function inFile(dataDir: string, clock = movableClock(start)) {
  return openKeyRing({ ...common, dataDir, secrets: memorySecrets(), clock });
}

const kids = (ring: { list(): readonly { kid: string; state: string }[] }) =>
  ring.list().map(({ kid, state }) => [state, kid] as const);

test('the first start makes a current and a next key, in a file that its owner alone can read', async () => {
  const dataDir = newDir();
  const ring = await inFile(dataDir);
  assert.deepEqual(
    kids(ring).map(([state]) => state),
    ['current', 'next'],
  );
  assert.equal(statSync(join(dataDir, 'keys.json')).mode & 0o777, 0o600);
  assert.equal(statSync(dataDir).mode & 0o777, 0o700);
  assert.deepEqual(readdirSync(dataDir), ['keys.json']);
  const again = await inFile(dataDir);
  assert.deepEqual(kids(again), kids(ring));
  assert.ok(again.credentialKey.equals(ring.credentialKey));
});

test('the published keys hold nothing private', async () => {
  for (const algorithm of ['ES256', 'Ed25519'] as const) {
    const ring = await memoryRing({ algorithm });
    for (const jwk of ring.jwks().keys) {
      const members = algorithm === 'ES256' ? ['kty', 'crv', 'x', 'y'] : ['kty', 'crv', 'x'];
      assert.deepEqual(Object.keys(jwk), [...members, 'kid', 'alg', 'use']);
    }
  }
});

test('processes that start at once end up with one key set', async () => {
  const dataDir = newDir();
  const secrets = memorySecrets();
  const rings = await Promise.all(Array.from({ length: 8 }, () => inFile(dataDir)));
  const shared = await Promise.all(Array.from({ length: 8 }, () => memoryRing({ secrets })));
  for (const group of [rings, shared]) {
    for (const ring of group) {
      assert.deepEqual(kids(ring), kids(group[0]!));
      assert.ok(ring.credentialKey.equals(group[0]!.credentialKey));
    }
  }
});

test('a rotation lets the next key sign; the old one is known until its last token has ended', async () => {
  const clock = movableClock(start);
  const ring = await memoryRing({ clock });
  const [[, first], [, second]] = kids(ring) as [[string, string], [string, string]];
  await ring.rotate();
  assert.equal(ring.signingKey().kid, second);
  assert.deepEqual(
    kids(ring).map(([state]) => state),
    ['current', 'next', 'previous'],
  );
  assert.ok(ring.verificationKey(first));
  clock.move(360_000);
  assert.ok(ring.verificationKey(first));
  clock.move(2);
  assert.equal(ring.verificationKey(first), undefined);
  assert.equal(ring.jwks().keys.length, 2);
});

test('no key signs before every verifier can know it: a second rotation waits, a third changes nothing', async () => {
  const clock = movableClock(start);
  const ring = await memoryRing({ clock });
  await ring.rotate();
  clock.move(5000);
  const signing = ring.signingKey().kid;
  const waiting = ring.list().find(({ state }) => state === 'next')!.kid;
  await ring.rotate();
  await ring.rotate();
  assert.equal(ring.signingKey().kid, signing);
  assert.equal(ring.list().length, 4);
  clock.move(29_999);
  assert.equal(ring.signingKey().kid, signing);
  clock.move(1);
  assert.equal(ring.signingKey().kid, waiting);
});

test('a rotation of another process is seen, and two at once are both done', async () => {
  const dataDir = newDir();
  const clock = movableClock(start);
  const [server, command] = [await inFile(dataDir, clock), await inFile(dataDir, clock)];
  await command.rotate();
  await server.reload();
  assert.deepEqual(kids(server), kids(command));
  clock.move(60_000);
  await Promise.all([server.rotate(), command.rotate()]);
  await Promise.all([server.reload(), command.reload()]);
  assert.deepEqual(kids(server), kids(command));
  assert.equal(server.list().length, 5);
  assert.deepEqual(readdirSync(dataDir), ['keys.json']);
});

test('a key that is revoked signs no more from that moment on, and the key that takes over stays', async () => {
  const ring = await memoryRing({ secrets: memorySecrets() });
  const known = ring.list().map(({ kid }) => kid);
  const first = ring.signingKey().kid;
  const done = ring.revoke(first);
  const second = ring.signingKey().kid;
  assert.notEqual(second, first);
  assert.equal(ring.verificationKey(first), undefined);
  const shown = ring.jwks().keys.map(({ kid }) => kid);
  assert.deepEqual(
    shown,
    known.filter((kid) => kid !== first),
  );
  assert.equal(await done, true);
  assert.equal(ring.signingKey().kid, second);
  assert.ok(ring.verificationKey(second));
});

test('watched rings rotate once when it is time, and see the changes of others', async (t) => {
  const secrets = memorySecrets();
  const clock = movableClock(start);
  const ring = await memoryRing({ secrets, clock, rotation: 3_600_000 });
  const other = await memoryRing({ secrets, clock, rotation: 3_600_000 });
  const first = ring.signingKey().kid;
  for (const watched of [ring, other]) {
    t.after(() => watched.close());
    watched.watch((error) => assert.fail(String(error)));
  }
  clock.move(3_600_000);
  await new Promise((resolve) => setTimeout(resolve, 1200));
  assert.notEqual(ring.signingKey().kid, first);
  assert.deepEqual(
    [...secrets.rows.values()].map(({ version }) => version),
    [2],
  );
  clock.move(60_000);
  await other.rotate();
  await new Promise((resolve) => setTimeout(resolve, 1200));
  assert.deepEqual(kids(ring), kids(other));
});

test('a revoked key is gone at once, whichever it was', async () => {
  for (const state of ['current', 'next', 'previous']) {
    const ring = await memoryRing();
    await ring.rotate();
    const { kid } = ring.list().find((info) => info.state === state)!;
    const { kid: current } = ring.signingKey();
    assert.equal(await ring.revoke(kid), true);
    assert.equal(ring.verificationKey(kid), undefined);
    assert.equal(ring.signingKey().kid === current, state !== 'current');
    assert.deepEqual(
      ring
        .list()
        .filter((info) => info.state !== 'previous')
        .map((info) => info.state),
      ['current', 'next'],
    );
    assert.equal(await ring.revoke(kid), false);
  }
});

test('a clock that is set back leaves a key to sign with', async () => {
  const clock = movableClock(start);
  const ring = await memoryRing({ clock });
  clock.move(-3_600_000);
  assert.ok(ring.signingKey().kid);
  assert.equal(ring.jwks().keys.length, 2);
});

test('keys that others can read, that are damaged, or of a newer version, stop the start', async () => {
  const dataDir = newDir();
  await inFile(dataDir);
  const path = join(dataDir, 'keys.json');
  const text = readFileSync(path, 'utf8');
  chmodSync(path, 0o640);
  await assert.rejects(
    inFile(dataDir),
    (error) => error instanceof KeyError && /^Others can read .*chmod 600/.test(error.message),
  );
  chmodSync(path, 0o600);
  for (const damaged of ['', '{}', text.slice(0, -20), text.replace(/"d":"..../, '"d":"'), '{"format":2}']) {
    writeFileSync(path, damaged);
    await assert.rejects(
      inFile(dataDir),
      (error) => error instanceof KeyError && /damaged|newer/.test(error.message),
    );
    assert.equal(readFileSync(path, 'utf8'), damaged);
  }
});

test('the database holds the keys encrypted, bound to their row, and opens with the right master key alone', async () => {
  const secrets = memorySecrets();
  const ring = await memoryRing({ secrets, masterKey: key('ab') });
  const { value } = secrets.rows.get('keys')!;
  assert.ok(!Buffer.from(value.slice(2), 'base64url').includes(ring.signingKey().kid));
  await assert.rejects(
    memoryRing({ secrets, masterKey: key('cd') }),
    /^KeyError: .*another LATCHKEY_MASTER_KEY/,
  );
  const { masterKey: _, ...without } = {
    ...common,
    masterKey: 0,
    dataDir: newDir(),
    secrets,
    clock: movableClock(start),
  };
  await assert.rejects(openKeyRing(without), /^KeyError: .*set LATCHKEY_MASTER_KEY/);
  assert.ok(!existsSync(without.dataDir));
  for (const changed of [value.slice(0, -4), `${value.slice(0, 40)}AAAA${value.slice(44)}`, '', '2.x']) {
    secrets.rows.set('keys', { version: 1, value: changed });
    await assert.rejects(memoryRing({ secrets, masterKey: key('ab') }), KeyError);
  }
});

test('keys of the file move into the database when a master key is set, so that nobody is signed out', async () => {
  const dataDir = newDir();
  const before = await inFile(dataDir);
  const after = await memoryRing({ dataDir });
  assert.deepEqual(kids(after), kids(before));
  assert.ok(after.credentialKey.equals(before.credentialKey));
});

test('a ring that always comes second says CONFLICT', async () => {
  const secrets = memorySecrets();
  const ring = await memoryRing({
    secrets: {
      find: secrets.find,
      put: (...row) => (secrets.rows.has('keys') ? Promise.resolve(false) : secrets.put(...row)),
    },
  });
  await assert.rejects(ring.rotate(), (error) => error instanceof AppError && error.code === 'CONFLICT');
});

const day = 24 * 3600_000;
const stateOf = (ring: { list(): readonly { kid: string; state: string }[] }, kid: string) =>
  ring.list().find((key) => key.kid === kid)?.state;

for (const when of ['when they were made', 'at a rotation']) {
  test(`keys of a clock that was 30 days ahead ${when} go on rotating, and none signs twice`, async () => {
    const clock = movableClock(start);
    const open = () => memoryRing({ clock, rotation: 10 * day });
    if (when === 'when they were made') clock.move(30 * day);
    const ring = await open();
    if (when === 'at a rotation') {
      clock.move(30 * day);
      await ring.rotate();
    }
    clock.move(-30 * day);
    const first = ring.signingKey().kid;
    assert.ok(ring.verificationKey(first));
    await ring.rotate();
    clock.move(36_000);
    const second = ring.signingKey().kid;
    assert.notEqual(second, first);
    assert.equal(stateOf(ring, first), 'previous', 'its last tokens are still good');
    const signed = new Set([first]);
    for (let i = 0; i < 70; i++) {
      clock.move(day);
      const kid = ring.signingKey().kid;
      assert.ok(ring.jwks().keys.some((key) => key.kid === kid));
      if (kid !== [...signed].at(-1)) assert.ok(!signed.has(kid), 'a retired key signs again');
      signed.add(kid);
      await ring.rotate();
      clock.move(36_000);
    }
  });
}

test('a rotation is due when the key has signed for long enough since the clock was set back', async (t) => {
  const clock = movableClock(start + 30 * day);
  const ring = await memoryRing({ clock, rotation: 10 * day });
  t.after(() => ring.close());
  clock.move(-30 * day);
  const first = ring.signingKey().kid;
  ring.watch((error) => assert.fail(error as Error));
  clock.move(10 * day - 1000);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  assert.equal(ring.list().length, 2);
  clock.move(2000);
  while (ring.list().length < 3) await new Promise((resolve) => setTimeout(resolve, 50));
  clock.move(36_000);
  assert.notEqual(ring.signingKey().kid, first);
});
