import assert from 'node:assert/strict';
import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { createCredentialSigner } from './credentials.ts';
import { randomIds } from './ids.ts';

const secret = randomBytes(32);
const signer = createCredentialSigner(createSecretKey(secret));

test('a credential is the session id and its HMAC-SHA-256, and proves the session', () => {
  const id = randomIds.sessionId();
  const credential = signer.sign(id);
  assert.equal(credential, `${id}.${createHmac('sha256', secret).update(id).digest('base64url')}`);
  assert.equal(signer.verify(credential), id);
});

test("another session's signature, another key's, and a bare id prove nothing", () => {
  const id = randomIds.sessionId();
  const signature = signer.sign(randomIds.sessionId()).slice(23);
  assert.equal(signer.verify(`${id}.${signature}`), undefined);
  assert.equal(createCredentialSigner(createSecretKey(randomBytes(32))).verify(signer.sign(id)), undefined);
  assert.equal(signer.verify(id), undefined);
  assert.equal(signer.verify(`${id}.`), undefined);
});

test('no single change of a character is accepted', () => {
  const credential = signer.sign(randomIds.sessionId());
  for (let i = 0; i < credential.length; i++) {
    for (const other of 'AB_-. =\u0141') {
      const changed = credential.slice(0, i) + other + credential.slice(i + 1);
      if (changed !== credential) assert.equal(signer.verify(changed), undefined, changed);
    }
    assert.equal(signer.verify(credential.slice(0, i)), undefined);
  }
  for (const spelling of [`${credential}=`, ` ${credential}`, `${credential}\n`, `${credential}.x`, '']) {
    assert.equal(signer.verify(spelling), undefined);
  }
});
