import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { createClient } from '../support/client.ts';
import type { Engine } from '../support/stores.ts';
import { openReader } from './support/feed-reader.ts';
import { signUp } from './support/people.ts';
import { until } from './support/process.ts';
import { prepareRun } from './support/run.ts';

const get = (path: string) => ({ method: 'GET', path });

for (const engine of ['sqlite', 'postgres'] satisfies Engine[]) {
  it(`with 128 open files and hundreds of connections, what must get through does, on ${engine}`, async (t) => {
    const run = await prepareRun(t, { engine, openFiles: 128 });
    const server = await run.serve();
    const port = Number(run.settings.PORT);
    const person = await signUp(server.client);
    const early = openReader(port, run.serviceKey);
    t.after(() => early.close());
    await until(() => early.position >= 0, 'a reader has its snapshot');

    const crowd: Socket[] = [];
    t.after(() => crowd.map((socket) => socket.destroy()));
    const come = (count: number, text: string) => {
      for (let i = 0; i < count; i += 1) {
        const socket = connect(port, '127.0.0.1').on('error', () => {});
        socket.write(text);
        crowd.push(socket);
      }
    };
    come(150, '');
    come(150, 'GET /auth/revocations HTTP/1.1\r\nhost: lo');
    come(150, 'POST /api/v1/signin HTTP/1.1\r\nhost: localhost\r\ncontent-length: 10\r\n\r\n');
    come(50, feedRequest(run.serviceKey));
    await sleep(1500);

    // Each on a connection of its own, as probes and services have.
    const ask = async (request: Parameters<typeof server.client.call>[0]) => {
      const client = createClient(port);
      try {
        return await client.call(request);
      } finally {
        client.close();
      }
    };
    assert.equal((await ask(get('/health/alive'))).status, 200);
    assert.equal((await ask(get('/health/ready'))).status, 200);
    const late = openReader(port, run.serviceKey);
    t.after(() => late.close());
    await until(() => late.position >= 0, 'a reader that comes now has its snapshot');
    if (engine === 'postgres') await endConnections(run.databaseUrl);
    await until(async () => (await ask(get('/health/ready'))).status === 200, 'the store is reached again');
    const headers = { 'x-session-id': person.session.credential };
    const closing = { method: 'POST', path: '/api/v1/signout', headers };
    await until(async () => (await ask(closing)).status === 204, 'somebody signs out');
    await until(() => early.position >= 1 && late.position >= 1, 'the readers learn of it');
    assert.deepEqual([early.ended, late.ended], [false, false]);

    for (const socket of crowd) socket.destroy();
    await sleep(100);
    await signUp(server.client);
    assert.equal(server.stderr(), '');
  });
}

function feedRequest(key: string): string {
  return `GET /auth/revocations HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${key}\r\n\r\n`;
}

/** Ends all connections to the database of the URL, as its restart would. */
async function endConnections(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`);
  await client.end();
}
