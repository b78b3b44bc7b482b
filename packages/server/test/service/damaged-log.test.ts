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
      await endSessions(w, 3);
      const head = await w.head();
      const missing = lost === 'at its end' ? head : head - 1;
      await change(w, `delete from log_entries where seq = ${missing}`);

      const path = `/auth/revocations?after=${missing - 1}`;
      const headers = { authorization: `Bearer ${key}`, accept: 'application/json' };
      assert.equal((await w.call({ method: 'GET', path, headers })).json.code, 'INTERNAL');
      const stream = await follow(w, key, { 'last-event-id': String(missing - 1) });
      await stream.ended;
      await w.assertLive(person);
      // The tests that follow have a whole log again, as if all had expired.
      await change(w, 'delete from log_entries', `update log_head set pruned = ${head}`);
    });
  }
});

onEachStore('a log that is replaced while the service runs', (world) => {
  it('by one that ends earlier: streams are ended, and begin anew', async () => {
    const w = world();
    await endSessions(w, 2);
    const head = await w.head();
    await replaced(
      w,
      `delete from log_entries where seq = ${head}`,
      `update log_head set head = ${head - 1}`,
    );
  });

  it('by another one that has gone further: the same', async () => {
    const w = world();
    await endSessions(w, 1);
    const far = (await w.head()) + 1000;
    await replaced(
      w,
      'delete from log_entries',
      `update log_head set head = ${far}, pruned = ${far}, log_id = 'another'`,
    );
  });
});

/** Makes the log another one under a reader that has all of it. */
async function replaced(w: World, ...statements: readonly string[]): Promise<void> {
  const key = await w.serviceKey();
  const stream = await follow(w, key);
  const { position } = (await stream.next()).data;
  const { log } = await w.app.context.read.log.state();
  await change(w, ...statements);
  await stream.ended;
  const again = await follow(w, key, { 'last-event-id': String(position), 'latchkey-log': log });
  const { event, data } = await again.next();
  assert.deepEqual([event, data.position], ['snapshot', await w.head()]);
  await endSessions(w, 1);
  const { id } = await again.next((each) => each.event === 'entries');
  assert.equal(id, await w.head());
  again.close();
}

/** Has that many sessions end, each with an entry of its own. */
async function endSessions(w: World, count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) {
    const headers = w.byHeader(await w.person());
    await w.call({ method: 'POST', path: '/api/v1/signout', headers });
  }
}

/** Changes the database past the service. */
async function change({ app }: World, ...statements: readonly string[]): Promise<void> {
  const { databaseUrl } = app.config;
  const all = ['begin', ...statements, 'commit'].join('; ');
  if (databaseUrl.startsWith('sqlite:')) {
    const database = new DatabaseSync(databaseUrl.slice('sqlite:'.length), { timeout: 5000 });
    database.exec(all);
    database.close();
  } else {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    await client.query(all);
    await client.end();
  }
}
