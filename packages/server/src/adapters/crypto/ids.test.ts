import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAccountId, parseSessionId, parseSiteId } from '../../kernel/ids.ts';
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

test('site ids are numbers as account ids are', () => {
  const ids = Array.from({ length: 1000 }, () => randomIds.siteId());
  assert.equal(new Set(ids).size, ids.length);
  for (const id of ids) {
    assert.equal(parseSiteId(id), id);
    assert.equal(parseAccountId(id), id);
  }
});

test('codes have the length that was asked for, of 32 characters, each as often', () => {
  const text = Array.from({ length: 4000 }, () => randomIds.code(8)).join('');
  assert.match(text, /^[2-9A-HJ-NP-Z]{32000}$/);
  const counts = Map.groupBy(text, (character) => character);
  assert.equal(counts.size, 32);
  for (const [character, found] of counts) assert.ok(found.length > 800 && found.length < 1200, character);
});
