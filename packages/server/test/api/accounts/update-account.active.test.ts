import assert from 'node:assert/strict';
import { it } from 'node:test';
import { accountPeople as people, profileChanged, putAccount as put, userOf } from '../../support/people.ts';
import { run, scenario } from '../../support/scenario.ts';
import { onEachStore } from '../../support/world.ts';

onEachStore('disabling by an admin', (world) => {
  run(world, [
    scenario({
      name: 'closes the sessions, and enabling opens none',
      given: async (w) => {
        const given = await people(w);
        return { ...given, second: await w.again(given.anna) };
      },
      request: ({ anna, root }, w) => ({ ...put(anna.id, { active: false }), headers: w.byHeader(root) }),
      body: { active: false },
      ends: ({ anna, second }) =>
        [anna, second].map(({ sessionId }) => ({ session: sessionId, reason: 'account-disabled' })),
      async afterwards({ anna, root }, _answer, w) {
        await w.assertDead(anna);
        const head = await w.head();
        const on = { ...put(anna.id, { active: true }), headers: w.byHeader(root) };
        assert.equal((await w.call(on)).json.active, true);
        assert.equal(await w.head(), head);
        await w.assertDead(anna);
        await w.again(anna);
      },
    }),
    scenario({
      name: 'with a change of profile puts both in the log',
      given: people,
      request: ({ anna, root }, w) => ({
        ...put(anna.id, { active: false, name: 'Q' }),
        headers: w.byHeader(root),
      }),
      body: { active: false, name: 'Q' },
      refreshes: ({ anna }) => profileChanged(anna),
      ends: ({ anna }) => [{ session: anna.sessionId, reason: 'account-disabled' }],
    }),
  ]);

  it('leaves the last admin, from whatever side', async () => {
    const w = world();
    const { data } = await w.app.context.read.roles.list({}, { skip: 0, take: 100, total: false });
    const admins = data.filter(({ roles }) => roles.includes('admin'));
    const root = await w.admin();
    for (const { accountId } of admins) {
      const { status } = await w.call({
        ...put(accountId, { active: false }),
        headers: w.byHeader(root),
      });
      assert.equal(status, 200);
    }
    const off = { ...put(root.id, { active: false, name: 'Q' }), headers: w.byHeader(root) };
    assert.equal((await w.call(off)).json.code, 'CONFLICT');
    assert.equal((await userOf(w, root)).name, root.name);
    const erase = { method: 'DELETE', path: `/api/v1/accounts/${root.id}`, headers: w.byHeader(root) };
    assert.equal((await w.call(erase)).json.code, 'CONFLICT');
    await w.assertLive(root);
    for (let round = 0; round < 5; round++) {
      const second = await w.admin();
      const ways = [
        { ...put(second.id, { active: false }), headers: w.byHeader(root) },
        { method: 'DELETE', path: `/api/v1/accounts/${root.id}`, headers: w.byHeader(root) },
        {
          method: 'PUT',
          path: `/api/v1/roles/${root.id}`,
          json: { roles: [] },
          headers: w.byHeader(second),
        },
      ];
      // One of the two stays; the others are too late, or come from one who is an admin no more.
      const answers = await Promise.all([w.call(ways[0]!), w.call(ways[1 + (round % 2)]!)]);
      assert.equal(answers.filter(({ status }) => status < 300).length, 1);
      const left = await w.app.context.transaction((tx) => tx.roles.lockHolders('admin'));
      assert.equal(left.length, 1);
      if (left[0] !== root.id) return;
    }
  });
});
