import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recordedChanges } from '../../../verify/test/recorded-headers.ts';
import { AppError } from '../kernel/errors.ts';
import { createOrigins, type Origins } from './origin.ts';

/** The problem's sentence, or undefined if the request may go on. */
function refusalOf(origins: Origins, headers: Record<string, string>, method = 'POST'): string | undefined {
  try {
    origins.check({ method, headers });
    return undefined;
  } catch (error) {
    assert.ok(error instanceof AppError);
    assert.equal(error.code, 'WRONG_ORIGIN');
    return error.details.detail ?? '';
  }
}

test('what real clients send is taken for what it is', () => {
  assert.ok(recordedChanges.length > 90);
  for (const { client, does, server, headers, listed, sender, allowed } of recordedChanges) {
    const what = `${client}: ${does} on ${server}`;
    const origins = createOrigins(server, listed === undefined ? [] : [listed]);
    assert.equal(refusalOf(origins, headers) === undefined, allowed, what);
    assert.equal(refusalOf(origins, headers, 'GET'), undefined, what);
    assert.equal(origins.senderOf({ headers }), sender, what);
    if (listed === undefined) continue;
    // An application that nobody allowed is a page, and gets nothing.
    const strict = createOrigins(server, []);
    assert.notEqual(refusalOf(strict, headers), undefined, what);
    assert.equal(strict.senderOf({ headers }), 'page', what);
  }
});

test('the own origin is that of the public URL, however it is spelled there', () => {
  for (const [publicUrl, origin] of [
    ['https://id.example.com:443', 'https://id.example.com'],
    ['https://ID.Example.com/auth', 'https://id.example.com'],
    ['http://id.example.com:80/', 'http://id.example.com'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
    ['http://[0:0:0:0:0:0:0:1]:8080', 'http://[::1]:8080'],
  ] as const) {
    const origins = createOrigins(publicUrl, []);
    assert.equal(refusalOf(origins, { origin }), undefined, publicUrl);
    for (const other of [`${origin}:1`, `${origin}.`, origin.toUpperCase(), `${origin}/`]) {
      assert.notEqual(refusalOf(origins, { origin: other }), undefined, other);
    }
  }
});

test('a refusal names the origin that is not allowed, and nothing else that was sent', () => {
  const origins = createOrigins('http://localhost:8080', []);
  for (const origin of ['http://192.168.1.5:8080', 'capacitor://localhost', 'http://127.0.0.1:8080']) {
    assert.ok(refusalOf(origins, { origin })?.includes(`The origin ${origin} is not allowed`), origin);
  }
  assert.match(refusalOf(origins, { origin: 'null' })!, /sandbox/);
  const session = `${'A'.repeat(22)}.${'B'.repeat(43)}`;
  for (const origin of [
    '',
    session,
    `https://${session}`,
    `app://${session}`,
    '<script>',
    `http://${'a'.repeat(300)}`,
  ]) {
    assert.equal(refusalOf(origins, { origin }), '', origin);
  }
  assert.equal(refusalOf(origins, { 'sec-fetch-site': 'cross-site' }), '');
});
