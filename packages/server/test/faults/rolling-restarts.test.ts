import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startNginx } from '../e2e/support/nginx.ts';
import { type Person, password, signUp } from '../e2e/support/people.ts';
import { freePort, newFolder, startServer } from '../e2e/support/server-process.ts';
import { makeDatabase } from '../support/stores.ts';
import { full } from './support/full.ts';

const restarts = 50;
/** For so long nginx sends nothing to a server that did not answer, `fail_timeout`, and a bit. Milliseconds. */
const pause = 11_000;

/** Two servers behind nginx as it is by default: it asks no server whether it is ready, and repeats no POST. */
const edge = (port: string, servers: readonly string[]) => `
upstream latchkey { ${servers.map((server) => `server 127.0.0.1:${server};`).join(' ')} }
server { listen 127.0.0.1:${port}; location / { proxy_pass http://latchkey; } }
`;

it(`${restarts} rolling restarts behind nginx, and no request fails`, {
  timeout: 1_800_000,
  skip: !full && 'takes eleven minutes: npm run test:faults',
}, async (t) => {
  const { url: LATCHKEY_DATABASE_URL } = await makeDatabase('postgres', (undo) => t.after(undo));
  const [port, ...ports] = [await freePort(), await freePort(), await freePort()];
  const folder = newFolder();
  t.after(() => folder.remove());
  const settingsOf = (PORT: string) => ({
    PORT,
    LATCHKEY_DATABASE_URL,
    LATCHKEY_DATA_DIR: `${folder.path}/${PORT}`,
    LATCHKEY_PUBLIC_URL: `http://127.0.0.1:${port}`,
    LATCHKEY_MASTER_KEY: '00112233445566778899aabbccddeeff'.repeat(2),
    LATCHKEY_DRAIN: '1s',
  });
  const servers = await Promise.all(ports.map((one) => startServer(settingsOf(one))));
  t.after(() => Promise.all(servers.map((server) => server.end('SIGKILL'))));
  const nginx = await startNginx({ 'servers.conf': edge(port!, ports) }, Number(port));
  t.after(() => nginx.close());
  const people: Person[] = [];
  for (let i = 0; i < 4; i += 1) people.push(await signUp(servers[0]!.client));

  let over = false;
  const failures: string[] = [];
  const counts: Record<string, number> = {};
  /** Signs in, refreshes, checks and signs out, again and again. */
  async function visit({ login }: Person): Promise<void> {
    async function ask(method: string, path: string, expected: number, headers = {}, json?: object) {
      const init = { method, headers: { 'content-type': 'application/json', ...headers } };
      const body = json && { body: JSON.stringify(json) };
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, { ...init, ...body }).catch(
        (error: Error) => new Response(String(error.cause), { status: 599 }),
      );
      const text = await answer.text();
      counts[path] = (counts[path] ?? 0) + 1;
      if (answer.status !== expected) failures.push(`${path}: ${answer.status} ${text}`);
      return answer.status === 200 ? (JSON.parse(text) as Record<string, unknown>) : {};
    }
    while (!over) {
      const { id } = await ask('POST', '/api/v1/signin', 200, {}, { login, password });
      // What needs the session would fail, too; one failure is one.
      if (id === undefined) continue;
      const headers = { 'x-session-id': String(id) };
      for (let i = 0; i < 10 && !over; i += 1) {
        await ask('POST', '/auth/who-am-i', 200, headers);
        await ask('GET', '/api/v1/sessions/current', 200, headers);
      }
      await ask('POST', '/api/v1/signout', 204, headers);
    }
  }
  const visits = people.map(visit);

  try {
    for (let i = 0; i < restarts; i += 1) {
      const which = i % servers.length;
      assert.deepEqual(await servers[which]!.end('SIGTERM'), { code: 0, signal: null });
      servers[which] = await startServer(settingsOf(ports[which]!));
      await sleep(pause);
    }
  } finally {
    over = true;
    await Promise.all(visits);
  }
  t.diagnostic(JSON.stringify(counts));
  assert.deepEqual([failures.length, ...failures.slice(0, 5)], [0]);
});
