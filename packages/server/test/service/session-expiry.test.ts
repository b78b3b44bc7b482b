import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { expireSessions } from '../../src/sessions/expire-sessions.ts';
import { assertProblem, endingsOf, onEachStore, type Person, type World } from '../support/world.ts';

const hour = 3_600_000;
const current = (w: World, person: Person) =>
  w.call({ method: 'GET', path: '/api/v1/sessions/current', headers: w.byHeader(person) });

/** What the sweep does, by several processes at once. */
const sweep = (w: World) => Promise.all([1, 2, 3].map(() => expireSessions(w.app.context, 0)));

/** Waits until the use of a session is stored. */
async function stored(w: World, person: Person, since: number): Promise<void> {
  for (let i = 0; i < 100; i++) {
    if ((await w.session(person.sessionId))!.requestTime >= since) return;
    await sleep(20);
  }
  assert.fail('the use of the session was not stored');
}

onEachStore('limits of time', (world) => {
  it('a session that is not used for 24 hours is dead, and ends once, as expired', async () => {
    const w = world();
    const anna = await w.person();
    const { expireTime } = (await w.session(anna.sessionId))!;
    w.clock.move(24 * hour - 10_000);
    const ben = await w.person();
    await sweep(w);
    const head = await w.head();
    assert.equal((await w.session(anna.sessionId))!.closeTime, undefined);
    w.clock.move(10_001);
    await w.assertDead(anna);
    await w.assertLive(ben);
    const closed = await sweep(w);
    assert.equal(
      closed.reduce((sum, count) => sum + count, 0),
      1,
    );
    assert.deepEqual(endingsOf(await w.entriesSince(head)), [{ session: anna.sessionId, reason: 'expired' }]);
    assert.equal((await w.session(anna.sessionId))!.closeReason, 'expired');
    await sweep(w);
    await w.assertDead(anna);
    assert.equal(await w.head(), head + 1);
    assert.equal((await w.session(anna.sessionId))!.expireTime, expireTime);
  });

  it('a session in use is dead after 30 days', async () => {
    const w = world();
    const anna = await w.person();
    const { expireTime } = (await w.session(anna.sessionId))!;
    while (w.clock.now() + 20 * hour < expireTime) {
      w.clock.move(20 * hour);
      assert.equal((await current(w, anna)).status, 200);
      await w.app.context.transaction((tx) => tx.sessions.touch(new Map([[anna.sessionId, w.clock.now()]])));
    }
    w.clock.move(expireTime - w.clock.now() - 5000);
    await w.assertLive(anna);
    w.clock.move(5000);
    await w.assertDead(anna);
    const head = await w.head();
    await sweep(w);
    const ended = endingsOf(await w.entriesSince(head));
    assert.deepEqual(
      ended.filter(({ session }) => session === anna.sessionId),
      [{ session: anna.sessionId, reason: 'expired' }],
    );
  });

  it('closing and expiring at once make one event', async () => {
    const w = world();
    const people = await Promise.all(Array.from({ length: 10 }, () => w.person()));
    w.clock.move(25 * hour);
    const root = await w.admin();
    const head = await w.head();
    await Promise.all([
      sweep(w),
      ...people.map(({ id, sessionId }) =>
        w.call({ method: 'DELETE', path: `/api/v1/sessions/${id}/${sessionId}`, headers: w.byHeader(root) }),
      ),
    ]);
    const ended = endingsOf(await w.entriesSince(head)).filter(({ session }) =>
      people.some(({ sessionId }) => sessionId === session),
    );
    assert.equal(ended.length, people.length);
    assert.equal(new Set(ended.map(({ session }) => session)).size, people.length);
  });
});

onEachStore(
  'a short idle limit',
  (world) => {
    it('uses are stored and keep a session alive; without them it ends by itself', async () => {
      const w = world();
      const anna = await w.person();
      const ben = await w.person();
      const head = await w.head();
      for (let i = 0; i < 4; i++) {
        w.clock.move(3500);
        assert.equal((await current(w, anna)).status, 200);
        await stored(w, anna, w.clock.now());
      }
      await w.assertDead(ben);
      for (let i = 0; i < 100 && (await w.head()) === head; i++) await sleep(20);
      assert.deepEqual(endingsOf(await w.entriesSince(head)), [
        { session: ben.sessionId, reason: 'expired' },
      ]);
      const { request_time: used, open_time: opened } = (await current(w, anna)).json;
      assert.ok(Date.parse(String(used)) - Date.parse(String(opened)) === 14_000);
    });
  },
  { env: { LATCHKEY_SESSION_IDLE: '5s' }, frozen: true },
);

onEachStore('the limit of 50 sessions', (world) => {
  it('the least recently used one is closed, with an event', async () => {
    const w = world();
    const anna = await w.person();
    const sessions = [anna];
    for (let i = 1; i < 50; i++) {
      w.clock.move(1000);
      sessions.push(await w.again(anna));
    }
    const [first, second] = sessions as [Person, Person];
    await w.app.context.transaction((tx) => tx.sessions.touch(new Map([[first.sessionId, w.clock.now()]])));
    const head = await w.head();
    const one = await w.login(anna);
    assert.deepEqual(endingsOf(await w.entriesSince(head)), [{ session: second.sessionId, reason: 'limit' }]);
    await w.assertDead(second);
    await w.assertLive(first);
    await w.assertLive(one);
  });

  it('holds when many sign in at once', async () => {
    const w = world();
    const anna = await w.person();
    const head = await w.head();
    const sessions = [anna, ...(await Promise.all(Array.from({ length: 59 }, () => w.again(anna))))];
    const ended = endingsOf(await w.entriesSince(head));
    assert.equal(ended.length, 10);
    assert.equal(new Set(ended.map(({ session }) => session)).size, 10);
    let open = 0;
    for (const { sessionId } of sessions) {
      const closed = (await w.session(sessionId))!.closeTime !== undefined;
      assert.equal(
        closed,
        ended.some(({ session, reason }) => session === sessionId && reason === 'limit'),
      );
      open += closed ? 0 : 1;
    }
    assert.equal(open, 50);
  });
});

onEachStore('an account that expires while somebody asks', (world) => {
  it('is never told as anything but 440 or 401', async () => {
    const w = world();
    const anna = await w.person();
    const proof = await w.login(anna);
    w.clock.move(31 * 24 * hour);
    assertProblem(await current(w, anna), 440, 'SESSION_NOT_FOUND');
    for (const path of ['/auth/who-am-i', '/auth/authenticate', '/auth/logout']) {
      assertProblem(
        await w.call({ method: 'POST', path, headers: w.byProof(proof) }),
        401,
        'INVALID_CREDENTIALS',
      );
    }
  });
});
