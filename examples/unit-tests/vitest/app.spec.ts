// npm ci && npm test
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createTestLatchkey } from '@latchkey/verify/testing';
import { afterAll, expect, test } from 'vitest';
import { createApp } from '../app.ts';

const latchkey = createTestLatchkey();
const server = createApp(await latchkey.createVerifier()).listen(0, '127.0.0.1');
await once(server, 'listening');
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

afterAll(() => {
  server.close();
  latchkey.close();
});

test('knows who is calling, until the session is closed', async () => {
  const ada = latchkey.openSession({ userId: 42 });
  const answer = await fetch(`${url}/me`, { headers: ada.headers });
  expect(await answer.json()).toEqual({ userId: 42 });
  await ada.end();
  expect((await fetch(`${url}/me`, { headers: ada.headers })).status).toBe(401);
});

test('shows the orders of a site only to its managers', async () => {
  const { headers } = latchkey.openSession({ roles: ['77:manager'] });
  expect((await fetch(`${url}/sites/77/orders`, { headers })).status).toBe(200);
  expect((await fetch(`${url}/sites/78/orders`, { headers })).status).toBe(403);
});
