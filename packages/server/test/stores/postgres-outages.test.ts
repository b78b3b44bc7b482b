import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Cluster, startCluster } from '../../../../scripts/postgres.ts';
import { type OpenStore, openStore } from '../../src/adapters/store/open-store.ts';
import { inParallel, insertAccount, insertSessions, newAccount, newEntry } from '../support/entities.ts';

const unavailable = { name: 'AppError', code: 'UNAVAILABLE' };

/** Asks until it is answered; fails after five seconds. */
async function recovered(store: OpenStore): Promise<void> {
  const since = performance.now();
  while (
    !(await store.ping().then(
      () => true,
      () => false,
    ))
  ) {
    assert.ok(performance.now() - since < 5000, 'no recovery within 5 s');
    await sleep(50);
  }
}

describe('a PostgreSQL server', () => {
  let cluster: Cluster;
  let store: OpenStore;
  before(async () => {
    cluster = await startCluster();
    store = await openStore(cluster.url);
    await store.migrate();
  });
  after(async () => {
    await store.close();
    await cluster.remove();
  });

  test('that crashes while requests run: only UNAVAILABLE, and all that was committed is there again', async () => {
    const { sessions } = await insertSessions(store, 1);
    const id = sessions[0]!.id;
    let heard = 0;
    const remove = store.onAppend(() => heard++);
    const committed: string[] = [];
    let stop = false;
    const busy = inParallel(8, async () => {
      while (!stop) {
        const account = newAccount();
        try {
          if (await insertAccount(store, account)) committed.push(account.id);
          assert.equal((await store.read.sessions.find(id))?.session.id, id);
        } catch (error) {
          assert.equal((error as { code?: unknown }).code, 'UNAVAILABLE', String(error));
          await sleep(10);
        }
      }
    });
    await sleep(150);
    await cluster.kill('SIGQUIT');
    await assert.rejects(store.ping(), unavailable);
    await assert.rejects(store.read.sessions.find(id), unavailable);
    await assert.rejects(insertAccount(store, newAccount()), unavailable);
    await assert.rejects(openStore(cluster.url), (error: Error) => {
      assert.equal(error.name, 'StoreError');
      assert.ok(!error.message.includes(new URL(cluster.url).password));
      return true;
    });
    await cluster.start();
    await recovered(store);
    stop = true;
    await busy;
    assert.ok(committed.length > 0);
    for (const account of committed) assert.ok(await store.read.accounts.find(account as never));

    heard = 0;
    await sleep(600); // The listening connection comes back by itself.
    const other = await openStore(cluster.url);
    await other.transaction((tx) => tx.log.append([newEntry()], 1, 2));
    await sleep(200);
    assert.ok(heard > 0, 'commits of others are heard again');
    await other.close();
    remove();
  });

  test('whose row is locked for too long is UNAVAILABLE within three seconds, and of use afterwards', async () => {
    const account = newAccount();
    await insertAccount(store, account);
    const held = Promise.withResolvers<void>();
    const waited = Promise.withResolvers<void>();
    const holding = store.transaction(async (tx) => {
      await tx.accounts.lock(account.id);
      held.resolve();
      await waited.promise;
    });
    await held.promise;
    const began = performance.now();
    try {
      await assert.rejects(
        store.transaction((tx) => tx.accounts.lock(account.id)),
        unavailable,
      );
      assert.ok(performance.now() - began < 3500);
    } finally {
      waited.resolve();
    }
    await holding;
    assert.deepEqual(await store.transaction((tx) => tx.accounts.lock(account.id)), account);
  });
});

test('a PostgreSQL server that is a standby is refused: what it says may be old', async (t) => {
  const standby = await startCluster({ files: { 'standby.signal': '' } });
  t.after(() => standby.remove());
  await assert.rejects(openStore(standby.url), {
    name: 'StoreError',
    message: /is a standby, which can only be read: name the primary server, or promote this one\.$/,
  });
});

test('a PostgreSQL server that accepts and says nothing is given up within four seconds', async () => {
  const sockets: Socket[] = [];
  const silent = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const began = performance.now();
  await assert.rejects(openStore(`postgres://a:secret@127.0.0.1:${port}/b`), (error: Error) => {
    assert.equal(error.name, 'StoreError');
    assert.ok(!error.message.includes('secret'));
    return true;
  });
  assert.ok(performance.now() - began < 4000);
  for (const socket of sockets) socket.destroy();
  silent.close();
});
