import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { credentialHash, parseCredential } from './credential.ts';

interface Case {
  credential: string;
  sessionId?: string;
  cth?: string;
}

const { cases } = JSON.parse(
  readFileSync(new URL('../../vectors/credentials.json', import.meta.url), 'utf8'),
) as { cases: Case[] };

for (const { credential, sessionId, cth } of cases) {
  test(`${sessionId === undefined ? 'refuses' : 'takes'} ${JSON.stringify(credential.slice(0, 70))}`, () => {
    const parsed = parseCredential(credential);
    assert.equal(parsed?.sessionId, sessionId);
    if (cth === undefined) return;
    assert.equal(`${parsed?.sessionId}.${parsed?.signature}`, credential);
    assert.equal(credentialHash(credential), cth);
    assert.equal(createHash('sha256').update(credential).digest('base64url'), cth);
  });
}

test('anything but a text is not a credential', () => {
  const credential = cases[0]?.credential;
  for (const value of [undefined, null, 0, {}, [credential], new String(credential), Symbol('x')]) {
    assert.equal(parseCredential(value), undefined);
  }
});
