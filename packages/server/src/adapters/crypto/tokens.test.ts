import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { movableClock } from '../../../test/support/clock.ts';
import { createCredentialSigner } from './credentials.ts';
import { randomIds } from './ids.ts';
import { memoryRing } from './testing.ts';

const start = 1_790_000_000_000;

import { createTokens } from './tokens.ts';

const issuer = 'https://auth.example.com';

async function setUp({ algorithm = 'ES256' as 'ES256' | 'Ed25519', audience = [issuer] } = {}) {
  const clock = movableClock(start);
  const keys = await memoryRing({ clock, algorithm });
  const tokens = createTokens({ keys, issuer, audience, ttl: 300_000, clock, ids: randomIds });
  const sessionId = randomIds.sessionId();
  const credential = createCredentialSigner(keys.credentialKey).sign(sessionId);
  const subject = {
    accountId: randomIds.accountId(),
    sessionId,
    credential,
    roles: ['admin', '42:user'],
    rev: 7,
    authTime: clock.now() - 5500,
    expireTime: clock.now() + 3_600_000,
    amr: ['pwd'],
  };
  return { clock, keys, tokens, subject, credential };
}

for (const algorithm of ['ES256', 'Ed25519'] as const) {
  test(`another library reads a token (${algorithm}) by the published keys`, async () => {
    const { clock, keys, tokens, subject, credential } = await setUp({ algorithm });
    const { token, expiresAt } = tokens.issue(subject);
    const { payload, protectedHeader } = await jwtVerify(token, createLocalJWKSet(keys.jwks() as never), {
      issuer,
      audience: issuer,
      algorithms: [algorithm],
      typ: 'at+jwt',
      currentDate: new Date(clock.now()),
    });
    const now = Math.floor(clock.now() / 1000);
    assert.deepEqual(protectedHeader, { alg: algorithm, typ: 'at+jwt', kid: keys.signingKey().kid });
    const { jti, ...claims } = payload;
    assert.match(String(jti), /^[A-Za-z0-9_-]{22}$/);
    assert.deepEqual(claims, {
      iss: issuer,
      aud: issuer,
      sub: subject.accountId,
      sid: subject.sessionId,
      iat: now,
      exp: now + 300,
      rev: 7,
      cth: createHash('sha256').update(credential).digest('base64url'),
      roles: ['admin', '42:user'],
      auth_time: Math.floor(subject.authTime / 1000),
      amr: ['pwd'],
    });
    assert.equal(expiresAt, now + 300);
  });
}

test('a token proves account, session and position, with its credential alone', async () => {
  const { tokens, subject, credential, keys } = await setUp({ audience: ['a', 'b'] });
  const { token } = tokens.issue(subject);
  const { accountId, sessionId, rev, roles } = subject;
  assert.deepEqual(tokens.verify(token, credential), { accountId, sessionId, rev, roles });
  const other = createCredentialSigner(keys.credentialKey).sign(randomIds.sessionId());
  for (const wrong of [other, '', sessionId, `${credential} `])
    assert.equal(tokens.verify(token, wrong), undefined);
  for (const wrong of ['', 'a.b.c', `${token}A`, token.slice(0, -1)]) {
    assert.equal(tokens.verify(wrong, credential), undefined);
  }
  const foreign = await setUp({ audience: ['a', 'b'] });
  assert.equal(tokens.verify(foreign.tokens.issue(subject).token, credential), undefined);
});

test('a token ends after its time to live, and never later than its session', async () => {
  const { clock, tokens, subject, credential } = await setUp();
  const { token, expiresAt } = tokens.issue(subject);
  assert.equal(
    tokens.issue({ ...subject, expireTime: clock.now() + 60_000 }).expiresAt,
    Math.floor(clock.now() / 1000) + 60,
  );
  const brief = tokens.issue({ ...subject, expireTime: clock.now() + 1 });
  assert.ok(tokens.verify(brief.token, credential));
  clock.move((expiresAt + 31) * 1000 - clock.now());
  assert.equal(tokens.verify(token, credential), undefined);
  assert.ok(tokens.verify(token, credential, { ignoreExpiry: true }));
});
