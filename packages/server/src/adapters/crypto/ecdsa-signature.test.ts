import assert from 'node:assert/strict';
import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { test } from 'node:test';
import { rawSignature } from './ecdsa-signature.ts';

test('raw signatures verify, short r and s included', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  let short = 0;
  // One integer in 128 or so is shorter than 32 bytes: 2,000 signatures hold some, but for a chance of 10^-13.
  for (let i = 0; i < 2000; i += 1) {
    const data = Buffer.from(`message ${i}`);
    const der = sign('sha256', data, privateKey);
    if (der.length < 70) short += 1;
    const raw = rawSignature(der);
    assert.equal(raw.length, 64);
    assert.ok(verify('sha256', data, { key: publicKey, dsaEncoding: 'ieee-p1363' }, raw), `signature ${i}`);
  }
  assert.ok(short > 0);
});
