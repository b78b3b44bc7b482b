import assert from 'node:assert/strict';
import { copyFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { backup as copyInto, DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { closeSession, signIn, signUp, statusOf } from '../e2e/support/people.ts';
import { newFolder } from '../e2e/support/server-process.ts';
import { full } from './support/full.ts';
import { assertGoesOn, assertNoticed, install } from './support/restored.ts';

/** The database and its backup, in a folder of their own. */
function place(t: { after(undo: () => void): void }) {
  const folder = newFolder();
  t.after(() => folder.remove());
  return { file: join(folder.path, 'latchkey.db'), backup: join(folder.path, 'backup.db') };
}

/** As `sqlite3 latchkey.db ".backup backup.db"`. */
async function backUp(file: string, backup: string): Promise<void> {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
  database.prepare('vacuum into ?').run(backup);
  database.close();
}

/** Writes what is in the write-ahead log into the file, as SQLite does by itself now and then. */
function checkpoint(file: string): void {
  const database = new DatabaseSync(file, { timeout: 5000 });
  database.exec('pragma wal_checkpoint(truncate)');
  database.close();
}

const ways: Readonly<Record<string, (file: string, backup: string) => Promise<void>>> = {
  'moved over the file': async (file, backup) => renameSync(backup, file),
  'moved over the file, without what is beside it': async (file, backup) => {
    for (const end of ['-wal', '-shm']) rmSync(file + end);
    renameSync(backup, file);
  },
  'copied over the file': async (file, backup) => copyFileSync(backup, file),
  'copied to where the file was deleted before': async (file, backup) => {
    rmSync(file);
    await sleep(700);
    copyFileSync(backup, file);
  },
  'restored through SQLite': async (file, backup) => {
    // As `.restore` of the program sqlite3.
    const database = new DatabaseSync(backup, { readOnly: true });
    await copyInto(database, file);
    database.close();
  },
};

const long = ['moved over the file, without what is beside it', 'restored through SQLite'];

describe('a backup of a SQLite file, under a running server', { concurrency: full ? 1 : 3 }, () => {
  for (const [way, restore] of Object.entries(ways)) {
    if (!full && long.includes(way)) continue;
    it(way, { timeout: 60_000 }, async (t) => {
      const { file, backup } = place(t);
      const installation = await install(t, `sqlite:${file}`, 1, () => backUp(file, backup));
      checkpoint(file);
      // So that what SQLite keeps beside the file has a later end of the log than the file.
      const { servers, people } = installation;
      const { client } = servers[0]!;
      await closeSession(client, await signIn(client, people.open), people.open);
      const time = await assertNoticed(t, installation, () => restore(file, backup));
      t.diagnostic(`accepted for ${time.toFixed(0)} ms`);
      const database = new DatabaseSync(file, { readOnly: true });
      assert.deepEqual({ ...database.prepare('pragma integrity_check').get() }, { integrity_check: 'ok' });
      database.close();
    });
  }
});

it('a SQLite file that is deleted: no write is acknowledged, and it goes on when the file comes back', async (t) => {
  const { file, backup } = place(t);
  const { servers, verifier, people } = await install(t, `sqlite:${file}`, 1, () => backUp(file, backup));
  const { client } = servers[0]!;
  renameSync(file, `${file}-away`);
  for (let i = 0; i < 50; i += 1) {
    const json = {
      name: 'Eve',
      login: `eve-${i}`,
      email: `eve-${i}@example.com`,
      password: 'correct horse battery',
    };
    assert.equal((await client.call({ method: 'POST', path: '/api/v1/signup', json })).status, 503);
    await sleep(10);
  }
  assert.equal((await client.call({ method: 'GET', path: '/health/ready' })).status, 503);
  assert.equal((await client.call({ method: 'GET', path: '/health/alive' })).status, 200);
  renameSync(`${file}-away`, file);
  await sleep(1500);
  // It is the same file, so nobody is signed out.
  assert.equal(await statusOf(client, people.open), 200);
  assert.equal(await statusOf(client, people.closed), 440);
  await assertGoesOn(servers, verifier, people.open);
});

it('checkpoints of others, a vacuum and a moved backup of now sign nobody out', async (t) => {
  const { file, backup } = place(t);
  const { servers, verifier, people } = await install(t, `sqlite:${file}`, 1, async () => {});
  const { client } = servers[0]!;
  for (let round = 0; round < 5; round += 1) {
    await signIn(client, people.open);
    checkpoint(file);
    await sleep(100);
  }
  const database = new DatabaseSync(file, { timeout: 5000 });
  database.exec('vacuum');
  database.close();
  checkpoint(file);
  await sleep(700);
  const person = await signUp(client);
  await backUp(file, backup);
  renameSync(backup, file);
  await sleep(2000);
  assert.equal(await statusOf(client, person), 200);
  assert.equal(await statusOf(client, people.open), 200);
  assert.doesNotMatch(servers[0]!.stdout(), /a backup was restored|does not go on/);
  await assertGoesOn(servers, verifier, people.open);
});
