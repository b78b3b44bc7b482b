import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { newKey, signBytes } from '../../test/mint.ts';
import { publicVectors } from '../../test/public-vectors.ts';
import { importKey } from '../keys/import-key.ts';
import type { JsonObject } from '../text/json.ts';
import { decodeSegment } from './segment.ts';
import { isSignature, isSignedBy } from './signature.ts';

interface Group {
  comment: string;
  public?: JsonObject;
  tests: { tcId: number; jws: string | object; result: string; comment: string }[];
}

test('accepts every signature of its key, also with leading zeros and high bits', () => {
  for (const alg of ['ES256', 'Ed25519'] as const) {
    const signer = newKey('key-1', alg);
    const key = importKey(signer.jwk as JsonObject);
    for (let count = 0; count < 2000; count += 1) {
      const [header, payload, signature] = signBytes(signer, 'h', `${count}`).split('.') as [
        string,
        string,
        string,
      ];
      assert.ok(isSignature(signature));
      assert.ok(isSignedBy(key, `${header}.${payload}`, signature), signature);
      assert.ok(!isSignedBy(key, `${header}.${payload}0`, signature), signature);
    }
  }
});

const { url, skip } = publicVectors('wycheproof/json_web_signature_test.json');

// The corpus says valid, but the payload holds a character outside the alphabet.
const stricter = new Set([372, 373]);
// Byte for byte the valid vector 357.
const sameAsValid = new Set([367, 370]);

function accepts(jwk: JsonObject, jws: unknown): boolean {
  try {
    const key = importKey(jwk);
    const parts = typeof jws === 'string' ? jws.split('.') : [];
    if (parts.length !== 3) return false;
    const [header, payload, signature] = parts as [string, string, string];
    const { alg, kid } = decodeSegment(header) as { alg: string; kid?: string };
    if (alg !== key.alg || (kid !== undefined && kid !== key.kid) || !/^[\w-]+$/.test(payload)) return false;
    return isSignature(signature) && isSignedBy(key, `${header}.${payload}`, signature);
  } catch {
    return false;
  }
}

test('Wycheproof: JWS by P-256 keys', { skip }, () => {
  const { testGroups } = JSON.parse(readFileSync(url, 'utf8')) as { testGroups: Group[] };
  let seen = 0;
  let valid = 0;
  for (const { comment: group, public: jwk, tests } of testGroups) {
    if (jwk?.kty !== 'EC' || jwk.crv !== 'P-256') continue;
    for (const { tcId, jws, result, comment } of tests) {
      if (sameAsValid.has(tcId)) continue;
      const expected = result === 'valid' && !stricter.has(tcId);
      assert.equal(accepts(jwk, jws), expected, `${group} ${tcId} ${comment}`);
      seen += 1;
      if (expected) valid += 1;
    }
  }
  assert.ok(seen > 30 && valid > 1, `${seen} vectors, ${valid} valid`);
});
