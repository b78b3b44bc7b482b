import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { it } from 'node:test';
import pg from 'pg';
import { follow } from '../support/feed.ts';
import { onEachStore, type World } from '../support/world.ts';

onEachStore('a log that has lost an entry', (world) => {
  for (const lost of ['in its middle', 'at its end'] as const) {
    it(`${lost} cuts off who reads there, and everything else goes on`, async () => {
      const w = world();
      const [person, key] = [await w.person(), await w.serviceKey()];
      for (let count = 0; count < 3; count += 1) {
        const headers = w.byHeader(await w.again(person));
        await w.call({ method: 'POST', path: '/api/v1/signout', headers });
      }
      const head = await w.head();
      const missing = lost === 'at its end' ? head : head - 1;
      await forget(w, missing);

      const path = `/auth/revocations?after=${missing - 1}`;
      const headers = { authorization: `Bearer ${key}`, accept: 'application/json' };
      assert.equal((await w.call({ method: 'GET', path, headers })).json.code, 'INTERNAL');
      const stream = await follow(w, key, { 'last-event-id': String(missing - 1) });
      await stream.ended;
      await w.assertLive(person);
      // The tests that follow have a whole log again.
      await forget(w, head, 'all up to');
    });
  }
});

/** Deletes an entry past the service; or all, as when they were pruned. */
async function forget({ app }: World, seq: number, how: 'one' | 'all up to' = 'one'): Promise<void> {
  const { databaseUrl } = app.config;
  const statements =
    how === 'one'
      ? [`delete from log_entries where seq = ${seq}`]
      : [`delete from log_entries where seq <= ${seq}`, `update log_head set pruned = ${seq}`];
  if (databaseUrl.startsWith('sqlite:')) {
    const database = new DatabaseSync(databaseUrl.slice('sqlite:'.length), { timeout: 5000 });
    for (const statement of statements) database.exec(statement);
    database.close();
  } else {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  }
}
