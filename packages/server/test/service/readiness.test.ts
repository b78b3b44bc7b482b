import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { openWorld, type World } from '../support/world.ts';

/** The status of readiness to write, and to read. */
async function readiness(w: World): Promise<readonly [number, number]> {
  const ask = async (query: string) =>
    (await w.call({ method: 'GET', path: `/health/ready${query}` })).status;
  return [await ask(''), await ask('?read=true')];
}

/** Waits until what was found before no longer counts. */
const forget = () => sleep(1100);

test('a SQLite file that somebody else holds is not ready to be written, but to be read', async (t) => {
  const w = await openWorld({ engine: 'sqlite' });
  t.after(() => w.close());
  assert.deepEqual(await readiness(w), [200, 200]);
  const other = new DatabaseSync(w.app.config.databaseUrl.slice('sqlite:'.length));
  t.after(() => other.close());
  other.exec('begin immediate');
  await forget();
  assert.deepEqual(await readiness(w), [503, 200]);
  other.exec('rollback');
  await forget();
  assert.deepEqual(await readiness(w), [200, 200]);
});

test('a PostgreSQL that takes no writes is not ready to be written, but to be read', async (t) => {
  const w = await openWorld({ engine: 'postgres' });
  t.after(() => w.close());
  assert.deepEqual(await readiness(w), [200, 200]);
  const other = new pg.Client({ connectionString: w.app.config.databaseUrl });
  await other.connect();
  t.after(() => other.end());
  await other.query('begin');
  await other.query('lock table health in exclusive mode');
  await forget();
  assert.deepEqual(await readiness(w), [503, 200]);
  await other.query('rollback');
  await forget();
  assert.deepEqual(await readiness(w), [200, 200]);
});

test('who asks often has the database written once a second at most', async (t) => {
  const w = await openWorld({ engine: 'sqlite' });
  t.after(() => w.close());
  for (let i = 0; i < 50; i += 1) assert.equal((await readiness(w))[0], 200);
  const file = new DatabaseSync(w.app.config.databaseUrl.slice('sqlite:'.length), { readOnly: true });
  const { writes } = file.prepare('select writes from health').get() as { writes: number };
  file.close();
  assert.ok(writes >= 1 && writes <= 3, `${writes} writes`);
});

test('read takes true and false, and nothing else', async (t) => {
  const w = await openWorld({ engine: 'sqlite' });
  t.after(() => w.close());
  assert.equal((await w.call({ method: 'GET', path: '/health/ready?read=maybe' })).status, 400);
});
