import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSignedOut, returnTo } from './signed-out.ts';

const page = ['sec-fetch-site', 'none', 'sec-fetch-mode', 'navigate', 'sec-fetch-dest', 'document'];
const locationFor = (redirect: string, target: string) =>
  createSignedOut({ redirect })({ method: 'GET', target, headers: page }).headers.location;

test('sends a page to sign in, with the way back', () => {
  for (const [redirect, target, location] of [
    ['/signin', '/orders', '/signin?return_to=%2Forders'],
    ['/signin', '/orders?x=1&y=a%20b', '/signin?return_to=%2Forders%3Fx%3D1%26y%3Da%2520b'],
    ['/signin?theme=dark#top', '/', '/signin?theme=dark&return_to=%2F#top'],
    ['/signin?return_to=/here', '/there', '/signin?return_to=%2Fthere'],
    ['https://id.example.com/signin', '/a', 'https://id.example.com/signin?return_to=%2Fa'],
  ] as const) {
    assert.equal(locationFor(redirect, target), location);
  }
});

test('only requests that open a page are sent there', () => {
  const answer = createSignedOut({ redirect: '/signin' });
  const statusOf = (method: string, ...headers: string[]) => answer({ method, target: '/', headers }).status;
  assert.equal(statusOf('GET', ...page), 302);
  assert.equal(statusOf('HEAD', ...page), 302);
  assert.equal(statusOf('GET', 'Accept', 'text/html'), 302);
  assert.equal(statusOf('POST', ...page), 401);
  assert.equal(statusOf('GET', 'Accept', '*/*'), 401);
  const script = ['sec-fetch-site', 'same-origin', 'sec-fetch-mode', 'cors', 'accept', 'text/html'];
  assert.equal(statusOf('GET', ...script), 401);
});

test('no way back leaves the origin', () => {
  const targets = [
    '//evil.example',
    '///evil.example/x',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/%09/evil.example',
    '/.//evil.example',
    '/a/..//evil.example',
    '/..//evil.example',
    '/%2e%2e//evil.example',
    '/%5cevil.example',
    'http://evil.example',
    'https://evil.example//other.example',
    'http:evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    '*',
    '',
    'evil.example:443',
    '/@evil.example',
    '/\u0000/evil.example',
    'http://[',
    '/x?return_to=//evil.example',
  ];
  const here = 'https://orders.example.com';
  for (const target of targets) {
    const path = returnTo(target);
    assert.match(path, /^\/(?![/\\])/, target);
    const url = new URL(path, `${here}/signin`);
    assert.equal(url.origin, here, target);
    // Also where a page puts the address together by itself.
    assert.equal(new URL(`${here}${path}`).origin, here, target);
  }
});
