import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { InvalidCredentials, type InvalidReason } from '../errors.ts';
import { parseJwks } from '../keys/parse-jwks.ts';
import { createTokenVerifier } from './token-verifier.ts';

interface Vectors {
  issuer: string;
  audience: string;
  now: number;
  clockSkew: number;
  maxTtl: number;
  jwks: object;
  cases: {
    name: string;
    token: string;
    cookie: string;
    ignoreExpiry?: true;
    verdict: 'accept' | 'reject';
    reason?: InvalidReason;
    claims?: { sub: string; sid: string };
  }[];
}

const vectors = JSON.parse(
  readFileSync(new URL('../../vectors/tokens.json', import.meta.url), 'utf8'),
) as Vectors;
const { keys } = parseJwks(JSON.stringify(vectors.jwks));
const { issuer, audience, clockSkew, maxTtl } = vectors;
const options = { issuer, audience, clockSkew, maxTtl, now: () => vectors.now * 1000 };
const verifier = createTokenVerifier({ ...options, findKey: (kid) => keys.get(kid) });
const [good] = vectors.cases;
assert.ok(good);

for (const { name, token, cookie, ignoreExpiry = false, verdict, reason, claims } of vectors.cases) {
  test(`${verdict}s ${name.slice(0, 90)}`, () => {
    const check = () => verifier.check(token, cookie, { ignoreExpiry });
    if (verdict === 'reject') {
      assert.throws(check, (error) => error instanceof InvalidCredentials && error.reason === reason);
      return;
    }
    const { sub, sid, userId } = check() as { sub: string; sid: string; userId: number };
    assert.deepEqual({ sub, sid }, claims);
    assert.equal(String(userId), sub);
  });
}

test('an expired token passes only if expiry is ignored', () => {
  const renewal = vectors.cases.find(({ name }) => name === 'expired, for renewal');
  assert.ok(renewal);
  assert.throws(
    () => verifier.check(renewal.token, renewal.cookie),
    (error) => error instanceof InvalidCredentials && error.reason === 'expired',
  );
});

test('a refusal says nothing about the token', () => {
  const { token, cookie } = good;
  assert.throws(
    () => verifier.check(`${token}x`, cookie),
    (error) => error instanceof InvalidCredentials && !error.message.includes(token.slice(0, 20)),
  );
});

test('anything but a text is refused', () => {
  const trap = {
    toString: () => assert.fail('toString was called'),
    get length() {
      return assert.fail('length was read');
    },
  };
  for (const value of [
    undefined,
    null,
    0,
    Number.NaN,
    {},
    [],
    [good.token],
    new String(good.token),
    trap,
    () => {},
  ]) {
    assert.throws(() => verifier.check(value, good.cookie), InvalidCredentials);
    assert.throws(() => verifier.check(good.token, value), InvalidCredentials);
  }
});

test('a huge token or cookie is refused in no time', () => {
  const huge = 'a'.repeat(8 * 1024 * 1024);
  const start = performance.now();
  for (let round = 0; round < 1000; round += 1) {
    assert.throws(() => verifier.check(huge, good.cookie), InvalidCredentials);
    assert.throws(() => verifier.check(`${good.token}${huge}`, huge), InvalidCredentials);
  }
  assert.ok(performance.now() - start < 1000);
});

test('a key that is registered for another algorithm does not verify', () => {
  const [es, ed] = ['key-1', 'key-ed'].map((kid) => keys.get(kid));
  assert.ok(es && ed);
  const crossed = createTokenVerifier({ ...options, findKey: () => ({ ...es, alg: ed.alg }) });
  assert.throws(() => crossed.check(good.token, good.cookie), InvalidCredentials);
});

test('several audiences may be accepted', () => {
  const several = createTokenVerifier({
    ...options,
    audience: ['https://a.example', audience],
    findKey: (kid) => keys.get(kid),
  });
  assert.equal(several.check(good.token, good.cookie).sid, good.claims?.sid);
});

test('no mutation of a good token is accepted, and none throws anything else', () => {
  const characters = fc.constantFrom(
    ...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ \n\0é',
  );
  const mutation = fc.tuple(fc.nat(good.token.length), fc.nat(2), fc.array(characters, { maxLength: 3 }));
  fc.assert(
    fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), (mutations) => {
      let token = good.token;
      for (const [at, cut, put] of mutations)
        token = token.slice(0, at) + put.join('') + token.slice(at + cut);
      if (token === good.token) return;
      assert.throws(() => verifier.check(token, good.cookie), InvalidCredentials);
    }),
    { numRuns: 5000 },
  );
});

test('no mutation of a good cookie is accepted', () => {
  fc.assert(
    fc.property(fc.nat(65), fc.string({ maxLength: 2 }), fc.nat(2), (at, put, cut) => {
      const cookie = good.cookie.slice(0, at) + put + good.cookie.slice(at + cut);
      if (cookie === good.cookie) return;
      assert.throws(() => verifier.check(good.token, cookie), InvalidCredentials);
    }),
    { numRuns: 2000 },
  );
});
