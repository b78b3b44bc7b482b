import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openContext } from '../../src/app/open-context.ts';
import { whoAmI } from '../../src/authentication/who-am-i.ts';
import { loadConfig } from '../../src/config/config.ts';
import type { Context } from '../../src/kernel/context.ts';
import { closeSession } from '../../src/sessions/close-session.ts';
import type { Session } from '../../src/sessions/session.ts';
import { newFolder } from '../e2e/support/server-process.ts';
import { insertSessions } from '../support/entities.ts';
import { type CountingProxy, startCountingProxy } from '../support/round-trips.ts';
import { makeDatabase } from '../support/stores.ts';

describe('how often an operation waits for PostgreSQL', () => {
  const undo: (() => unknown)[] = [];
  let proxy: CountingProxy;
  let context: Context;
  let sessions: readonly Session[];
  before(async () => {
    const { url } = await makeDatabase('postgres', (cleanUp) => undo.push(cleanUp));
    proxy = await startCountingProxy(url);
    const folder = newFolder();
    const settings = {
      LATCHKEY_DATABASE_URL: proxy.url,
      LATCHKEY_DATA_DIR: folder.path,
      LATCHKEY_PUBLIC_URL: 'http://127.0.0.1:8080',
    };
    const opened = await openContext(loadConfig(settings, { cwd: folder.path }));
    undo.push(
      () => folder.remove(),
      () => proxy.close(),
      () => opened.close(),
    );
    ({ context } = opened);
    const now = context.clock.now();
    const times = { openTime: now, requestTime: now, expireTime: now + 3_600_000 };
    ({ sessions } = await insertSessions(context, 80, () => times));
    // New connections cost more round trips: the lanes that are used here have theirs from now on.
    await Promise.all(Array.from({ length: 20 }, () => ask(sessions[0]!)));
    await Promise.all(Array.from({ length: 3 }, () => context.transaction((tx) => tx.log.state())));
  });
  after(async () => {
    for (const cleanUp of undo.toReversed()) await cleanUp();
  });

  const ask = ({ id }: Session) =>
    whoAmI(context, { credential: context.credentials.sign(id), token: undefined });
  const close = ({ id }: Session) => closeSession(context, { sessionId: id, reason: 'closed' });

  test('who-am-i: once', async () => {
    assert.equal(await proxy.count(() => ask(sessions[0]!)), 1);
  });

  test('64 who-am-i of one moment: once for all of them', async () => {
    assert.equal(await proxy.count(() => Promise.all(sessions.slice(0, 64).map(ask))), 1);
  });

  test('a closing: for the look-up, the sessions, the log, and the commit', async () => {
    assert.equal(await proxy.count(() => close(sessions[0]!)), 4);
  });

  test('64 closings of one moment: as one, and as one more', async () => {
    const trips = await proxy.count(() => Promise.all(sessions.slice(1, 65).map(close)));
    // The first of them goes by itself, and all others together after it.
    assert.ok(trips <= 7, `${trips}`);
    assert.equal((await context.read.log.state()).head, 65);
  });

  test('a transaction that does nothing: never', async () => {
    assert.equal(await proxy.count(() => context.transaction(async () => {})), 0);
  });
});
