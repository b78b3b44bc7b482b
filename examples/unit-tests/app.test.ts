// node --test examples/unit-tests/app.test.ts
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { createTestLatchkey } from '@latchkey/verify/testing';
import { createApp } from './app.ts';

const latchkey = createTestLatchkey();
const verifier = await latchkey.createVerifier({ onStale: 'reject' });
const server = createApp(verifier).listen(0, '127.0.0.1');
await once(server, 'listening');
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

test.after(() => {
  server.close();
  latchkey.close();
});

async function statusOf(path: string, headers = {}, method = 'GET'): Promise<number> {
  const { status } = await fetch(url + path, { method, headers });
  return status;
}

test('knows who is calling', async () => {
  const ada = latchkey.openSession({ userId: 42 });
  const answer = await fetch(`${url}/me`, { headers: ada.headers });
  assert.deepEqual(await answer.json(), { userId: 42 });
  assert.equal(await statusOf('/me'), 401);
});

test('shows the orders of a site only to its managers', async () => {
  const manager = latchkey.openSession({ roles: ['77:manager'] });
  assert.equal(await statusOf('/sites/77/orders', manager.headers), 200);
  assert.equal(await statusOf('/sites/78/orders', manager.headers), 403);
});

test('refuses a closed session at once', async () => {
  const ada = latchkey.openSession();
  assert.equal(await statusOf('/me', ada.headers), 200);
  await ada.end();
  assert.equal(await statusOf('/me', ada.headers), 401);
});

test('asks for a token with the new roles when they have changed', async () => {
  const ada = latchkey.openSession();
  await latchkey.refresh({ user: ada.userId });
  const answer = await fetch(`${url}/me`, { headers: ada.headers });
  assert.equal(((await answer.json()) as { code: string }).code, 'TOKEN_STALE');
  const renewed = ada.renew({ roles: ['77:manager'] });
  assert.equal(await statusOf('/sites/77/orders', renewed.headers), 200);
});

test('wants a fresh proof of presence before it deletes', async () => {
  const ada = latchkey.openSession();
  assert.equal(await statusOf('/orders', ada.headers, 'DELETE'), 204);
  await latchkey.advance('6m');
  assert.equal(await statusOf('/orders', ada.renew().headers, 'DELETE'), 403);
  const present = ada.renew({ authTime: latchkey.now() });
  assert.equal(await statusOf('/orders', present.headers, 'DELETE'), 204);
});

test('answers an outage as an outage', async () => {
  const ada = latchkey.openSession();
  latchkey.goAway();
  await latchkey.advance('1m');
  assert.equal(await statusOf('/me', ada.headers), 503);
  await latchkey.comeBack();
  assert.equal(await statusOf('/me', ada.headers), 200);
});
