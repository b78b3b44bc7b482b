import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ends, everybody } from '../../support/auth.ts';
import { insertSessions } from '../../support/entities.ts';
import { refused, run, scenario } from '../../support/scenario.ts';
import { endingsOf, onEachStore } from '../../support/world.ts';

const clearAll = (query = '') => ({ method: 'DELETE', path: `/auth/sessions${query}` });

const list = (query = '') => ({ method: 'GET', path: `/auth/sessions${query}` });

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
