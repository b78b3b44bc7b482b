import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { follow } from '../support/feed.ts';
import { onEachStore, type World } from '../support/world.ts';

/** One more connection to the database, past the service. */
async function connect({ app }: World): Promise<{ run(sql: string): Promise<void>; end(): Promise<void> }> {
  const { databaseUrl } = app.config;
  if (databaseUrl.startsWith('sqlite:')) {
    const database = new DatabaseSync(databaseUrl.slice('sqlite:'.length), { timeout: 5000 });
    return { run: async (sql) => database.exec(sql), end: async () => database.close() };
  }
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  return { run: async (sql) => void (await client.query(sql)), end: () => client.end() };
}

onEachStore('a database that does not go on from what was known', (world) => {
  it('answers nothing and tells verifiers nothing until its sessions are closed', async () => {
    const w = world();
    const [person, other] = [await w.person(), await w.person()];
    const key = await w.serviceKey();
    await w.call({ method: 'POST', path: '/api/v1/signout', headers: w.byHeader(await w.person()) });
    const stream = await follow(w, key);
    await stream.next();
    const statusOf = async (path: string, headers = {}) =>
      (await w.call({ method: 'GET', path, headers })).status;
    const current = () => statusOf('/api/v1/sessions/current', w.byHeader(person));
    assert.equal(await current(), 200);

    const [restorer, holder] = [await connect(w), await connect(w)];
    await restorer.run(
      'update log_head set head = head - 1; delete from log_entries where seq > (select head from log_head)',
    );
    const lock = w.app.config.databaseUrl.startsWith('sqlite:')
      ? 'begin immediate'
      : 'begin; select from log_head for update';
    await holder.run(lock);
    while ((await current()) !== 503) await sleep(10);
    // Longer than it takes to settle the matter, but nobody can.
    const until = performance.now() + 1500;
    while (performance.now() < until) {
      assert.equal(await current(), 503);
      assert.equal(await statusOf('/health/ready?read=true'), 503);
      assert.equal(await statusOf('/auth/revocations', { authorization: `Bearer ${key}` }), 503);
      await sleep(50);
    }
    assert.equal(await statusOf('/health/alive'), 200);
    assert.equal(await statusOf('/.well-known/jwks.json'), 200);
    await holder.run('rollback');
    while ((await current()) === 503) await sleep(10);
    assert.equal(await current(), 440);
    await w.assertDead(other);
    await stream.ended;
    await restorer.end();
    await holder.end();
    const opened = await w.person();
    await w.assertLive(opened);
  });

  it('goes on as if nothing had been when it was only late', async () => {
    const w = world();
    const person = await w.person();
    await w.call({ method: 'POST', path: '/api/v1/signout', headers: w.byHeader(await w.person()) });
    const { log } = await w.app.context.read.log.state();
    const database = await connect(w);
    await database.run('update log_head set head = head - 1');
    await sleep(600);
    await database.run('update log_head set head = head + 1');
    await database.end();
    await sleep(700);
    await w.assertLive(person);
    assert.equal((await w.app.context.read.log.state()).log, log);
  });
});
