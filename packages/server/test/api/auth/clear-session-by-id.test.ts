import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ends, everybody, logout } from '../../support/auth.ts';
import { insertSessions } from '../../support/entities.ts';
import { refused, run, scenario } from '../../support/scenario.ts';
import { endingsOf, onEachStore } from '../../support/world.ts';

const clearOne = (id: string) => ({ method: 'DELETE', path: `/auth/sessions/${id}` });
const clearAll = (query = '') => ({ method: 'DELETE', path: `/auth/sessions${query}` });
const list = (query = '') => ({ method: 'GET', path: `/auth/sessions${query}` });

onEachStore('ClearSessionById', (world) => {
  run(world, [
    scenario({
      name: 'another of their own',
      given: everybody,
      request: ({ first, second }, w) => ({ ...clearOne(second.sessionId), headers: w.byProof(first) }),
      status: 204,
      ends: ({ second }) => ends('closed', second),
      async afterwards({ first, second }, _answer, w) {
        await w.assertDead(second);
        await w.assertLive(first);
      },
    }),
    scenario({
      name: 'by its credential',
      given: everybody,
      request: ({ first, second }, w) => ({ ...clearOne(second.credential), headers: w.byProof(first) }),
      status: 204,
      ends: ({ second }) => ends('closed', second),
    }),
    scenario({
      name: 'the very one',
      given: everybody,
      request: ({ first }, w) => ({ ...clearOne(first.sessionId), headers: w.byProof(first) }),
      status: 204,
      ends: ({ first }) => ends('closed', first),
      afterwards: ({ first }, _answer, w) => w.assertDead(first),
    }),
    scenario({
      name: "somebody else's",
      given: everybody,
      request: ({ first, other }, w) => ({ ...clearOne(other.sessionId), headers: w.byProof(first) }),
      code: 'NO_PERMISSIONS',
      afterwards: ({ other }, _answer, w) => w.assertLive(other),
    }),
    scenario({
      name: "somebody else's, by its credential",
      given: everybody,
      request: ({ first, other }, w) => ({ ...clearOne(other.credential), headers: w.byProof(first) }),
      code: 'NO_PERMISSIONS',
      afterwards: ({ other }, _answer, w) => w.assertLive(other),
    }),
    scenario({
      name: 'any, for an admin',
      given: everybody,
      request: ({ other, root }, w) => ({ ...clearOne(other.sessionId), headers: w.byProof(root) }),
      status: 204,
      ends: ({ other }) => ends('admin', other),
    }),
    scenario({
      name: 'one that was closed: nothing more happens',
      given: async (w) => {
        const all = await everybody(w);
        await w.call({ ...logout, headers: w.byProof(all.second) });
        return all;
      },
      request: ({ first, second }, w) => ({ ...clearOne(second.sessionId), headers: w.byProof(first) }),
      status: 204,
    }),
    ...['AAAAAAAAAAAAAAAAAAAAAA', 'junk', '%00', '..%2f'].map((id) =>
      scenario({
        name: `the unknown one ${id}`,
        given: everybody,
        request: ({ first }, w) => ({ ...clearOne(id), headers: w.byProof(first) }),
        code: 'NOT_FOUND',
      }),
    ),
    scenario({
      name: 'with the cookie alone',
      given: everybody,
      request: ({ first, second }, w) => ({ ...clearOne(second.sessionId), headers: w.byCookie(first) }),
      code: 'INVALID_CREDENTIALS',
      afterwards: ({ second }, _answer, w) => w.assertLive(second),
    }),
    scenario({
      name: "with an admin's token and their own cookie",
      given: everybody,
      request: ({ first, other, root }, w) => ({
        ...clearOne(other.sessionId),
        headers: w.byProof({ ...first, token: root.token }),
      }),
      code: 'INVALID_CREDENTIALS',
      afterwards: ({ other }, _answer, w) => w.assertLive(other),
    }),
    scenario({
      name: 'with an expired token',
      given: everybody,
      request({ first, second }, w) {
        w.clock.move(400_000);
        return { ...clearOne(second.sessionId), headers: w.byProof(first) };
      },
      code: 'INVALID_CREDENTIALS',
    }),
    refused('nobody', clearOne('AAAAAAAAAAAAAAAAAAAAAA'), 'INVALID_CREDENTIALS'),
  ]);
});

onEachStore('ClearAllSessionsExceptThemselves', (world) => {
  run(world, [
    scenario({
      name: 'all other sessions of their own',
      given: everybody,
      request: ({ first }, w) => ({ ...clearAll(), headers: w.byProof(first) }),
      body: { closed: 2 },
      ends: ({ anna, second }) => ends('cleared', anna, second),
      async afterwards({ first, other }, _answer, w) {
        await w.assertLive(first);
        await w.assertLive(other);
      },
    }),
    scenario({
      name: "an admin's own, when no scope is named",
      given: everybody,
      request: ({ root }, w) => ({ ...clearAll('?scope=own'), headers: w.byProof(root) }),
      body: { closed: 1 },
      ends: ({ admin }) => ends('cleared', admin),
    }),
    scenario({
      name: "everybody's is for admins",
      given: everybody,
      request: ({ first }, w) => ({ ...clearAll('?scope=all'), headers: w.byProof(first) }),
      code: 'NO_PERMISSIONS',
      afterwards: ({ other }, _answer, w) => w.assertLive(other),
    }),
    ...['?scope=everybody', '?scope=', '?scope=all&scope=own', '?except=current'].map((query) =>
      scenario({
        name: `with ${query}`,
        given: everybody,
        request: ({ root }, w) => ({ ...clearAll(query), headers: w.byProof(root) }),
        code: 'INVALID_DATA',
        afterwards: ({ second }, _answer, w) => w.assertLive(second),
      }),
    ),
    refused('nobody', clearAll(), 'INVALID_CREDENTIALS'),
  ]);

  it("an admin ends everybody's, each with one event, but the one that asks", async () => {
    const w = world();
    const { first, second, other, root, admin, anna } = await everybody(w);
    const head = await w.head();
    const answer = await w.call({ ...clearAll('?scope=all'), headers: w.byProof(root) });
    const ended = endingsOf(await w.entriesSince(head));
    assert.equal(answer.json.closed, ended.length);
    assert.equal(new Set(ended.map(({ session }) => session)).size, ended.length);
    for (const dead of [first, second, other, admin, anna]) {
      assert.ok(ended.some(({ session, reason }) => session === dead.sessionId && reason === 'admin'));
      await w.assertDead(dead);
    }
    await w.assertLive(root);
    const left = await w.call({ ...list(), headers: w.byProof(root) });
    assert.deepEqual(left.json, [root.sessionId]);
  });
});

onEachStore("everybody's sessions, more than one batch of them", (world) => {
  it("are all closed but the caller's, each with its own entry", async () => {
    const w = world();
    const admin = await w.admin();
    const { account, sessions } = await insertSessions(w.app.context, 1201, () => ({
      openTime: w.clock.now() - 1000,
      requestTime: w.clock.now() - 1000,
      expireTime: w.clock.now() + 3_600_000,
    }));
    const proof = await w.login(admin);
    const head = await w.head();
    const answer = await w.call({
      method: 'DELETE',
      path: '/auth/sessions?scope=all&wait=confirmed',
      headers: w.byProof(proof),
    });
    assert.equal(answer.status, 200, answer.text);
    assert.ok(Number(answer.json.closed) >= sessions.length + 1);
    assert.equal(answer.json.seq, await w.head());
    const ended = endingsOf(await w.entriesSince(head)).map(({ session }) => session);
    assert.equal(new Set(ended).size, ended.length);
    assert.equal(ended.length, answer.json.closed);
    const live = { accountId: account.id, now: w.clock.now(), idleSince: 0, take: 10 };
    assert.deepEqual(await w.app.context.read.sessions.listLiveIds(live), []);
    await w.assertLive(proof);
    await w.assertDead(admin);
  });
});
