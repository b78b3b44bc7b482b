import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAccountId, parseSessionId } from '../kernel/ids.ts';
import { randomIds } from './ids.ts';

test('account ids are safe integers of 16 digits, spread over their whole range', () => {
  const ids = Array.from({ length: 20_000 }, () => randomIds.accountId());
  assert.equal(new Set(ids).size, ids.length);
  for (const id of ids) assert.equal(parseAccountId(id), id);
  const parts = ids.map((id) => (Number(id) - 2 ** 52) / 2 ** 52);
  assert.ok(parts.every((part) => part >= 0 && part < 1));
  for (let tenth = 0; tenth < 10; tenth++) {
    const share = parts.filter((part) => Math.floor(part * 10) === tenth).length / parts.length;
    assert.ok(share > 0.08 && share < 0.12, `tenth ${tenth} has ${share}`);
  }
});

test('session ids are canonical base64url of 16 bytes and do not repeat', () => {
  const ids = Array.from({ length: 10_000 }, () => randomIds.sessionId());
  assert.equal(new Set(ids).size, ids.length);
  for (const id of ids) assert.equal(parseSessionId(id), id);
});

test('a secret holds 32 bytes, other unique names hold 16', () => {
  assert.equal(Buffer.from(randomIds.secret(), 'base64url').length, 32);
  assert.equal(Buffer.from(randomIds.unique(), 'base64url').length, 16);
  assert.notEqual(randomIds.secret(), randomIds.secret());
});
