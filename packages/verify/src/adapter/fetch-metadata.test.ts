import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recordedReads } from '../../test/recorded-headers.ts';
import { isForPage, mayUseCookieAlone } from './fetch-metadata.ts';

test('what real clients send is taken for what it is', () => {
  assert.ok(recordedReads.length > 40);
  for (const { client, does, server, method, headers, opensPage, cookieAlone } of recordedReads) {
    const head = { method, target: '/', headers: Object.entries(headers).flat() };
    const what = `${client}: ${does} on ${server}`;
    assert.equal(isForPage(head), opensPage, what);
    assert.equal(mayUseCookieAlone(head), cookieAlone, what);
    assert.equal(mayUseCookieAlone(head, 'never'), false, what);
    assert.equal(mayUseCookieAlone({ ...head, method: 'POST' }), false, what);
  }
});
