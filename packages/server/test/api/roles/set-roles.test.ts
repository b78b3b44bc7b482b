import assert from 'node:assert/strict';
import { it } from 'node:test';
import {
  rolePeople as people,
  revokeRoles as revoke,
  rolesOf,
  putRoles as set,
} from '../../support/people.ts';
import { annaChanged as changed, annaUnchanged as unchanged } from '../../support/roles.ts';
import { run, scenario } from '../../support/scenario.ts';
import { onEachStore, type Person, refreshesOf } from '../../support/world.ts';

onEachStore('setting roles', (world) => {
  run(world, [
    scenario({
      name: 'gives these and no others, by one event',
      given: people,
      request: ({ anna, root }, w) => ({ ...set(anna.id, ['b', '77:user', 'b']), headers: w.byHeader(root) }),
      body: ({ anna }) => ({ id: anna.id, roles: ['77:user', 'b'] }),
      refreshes: (given) => changed(given),
    }),
    scenario({
      name: 'to none',
      given: people,
      request: ({ anna, root }, w) => ({ ...set(anna.id, []), headers: w.byHeader(root) }),
      body: { roles: [] },
      refreshes: (given) => changed(given),
    }),
    scenario({
      name: 'to what they are tells nobody',
      given: people,
      request: ({ anna, root }, w) => ({
        ...set(anna.id, ['reader', '77:user', '8:user']),
        headers: w.byHeader(root),
      }),
      body: { roles: ['77:user', '8:user', 'reader'] },
    }),
    ...(
      [
        ['nobody', 'NOT_SIGNED'],
        ['anna', 'NOT_IN_ROLE'],
        ['manager', 'NOT_IN_ROLE'],
        ['otherKeeper', 'NOT_IN_SITE_ROLE'],
      ] as const
    ).map(([who, code]) =>
      scenario({
        name: `is not for ${who}`,
        given: people,
        request: (given, w) => ({
          ...set(given.anna.id, ['77:user']),
          ...(who !== 'nobody' && { headers: w.byHeader(given[who]) }),
        }),
        code,
        afterwards: unchanged,
      }),
    ),
    scenario({
      name: "by the admin of a site gives those of the site, and leaves what is not the site's",
      given: people,
      request: ({ anna, keeper }, w) => ({
        ...set(anna.id, ['77:manager', '77:auditor']),
        headers: w.byHeader(keeper),
      }),
      body: { roles: ['77:auditor', '77:manager'] },
      refreshes: (given) => changed(given),
      afterwards: async ({ anna }, _answer, w) =>
        assert.deepEqual(await rolesOf(w, anna), ['77:auditor', '77:manager', '8:user', 'reader']),
    }),
    scenario({
      name: 'by the admin of a site to none takes those of the site alone',
      given: people,
      request: ({ anna, keeper }, w) => ({ ...set(anna.id, []), headers: w.byHeader(keeper) }),
      body: { roles: [] },
      refreshes: (given) => changed(given),
      afterwards: async ({ anna }, _answer, w) =>
        assert.deepEqual(await rolesOf(w, anna), ['8:user', 'reader']),
    }),
    ...(
      [
        [['77:user', 'reader'], 'NOT_IN_ROLE'],
        [['admin'], 'NOT_IN_ROLE'],
        [['77:user', '8:user'], 'NOT_IN_SITE_ROLE'],
        [['777:user'], 'NOT_IN_SITE_ROLE'],
      ] as const
    ).map(([roles, code]) =>
      scenario({
        name: `to ${roles} is not for the admin of a site`,
        given: people,
        request: ({ anna, keeper }, w) => ({ ...set(anna.id, [...roles]), headers: w.byHeader(keeper) }),
        code,
        afterwards: unchanged,
      }),
    ),
    scenario({
      name: 'to none is not for the admin of nothing',
      given: people,
      request: ({ anna, manager }, w) => ({ ...set(anna.id, []), headers: w.byHeader(manager) }),
      code: 'NOT_IN_ROLE',
      afterwards: unchanged,
    }),
    scenario({
      name: 'of an account that is none',
      given: people,
      request: ({ root }, w) => ({ ...set('4503599627370497', []), headers: w.byHeader(root) }),
      code: 'NOT_FOUND',
    }),
  ]);

  it('leaves an admin when several change each other at once', async () => {
    const w = world();
    const root = await w.admin();
    const { data } = await w.app.context.read.roles.list({}, { skip: 0, take: 100, total: false });
    for (const { accountId } of data) {
      if (accountId !== root.id) await w.call({ ...set(accountId, []), headers: w.byHeader(root) });
    }
    const headers = w.byHeader(root);
    for (const request of [set(root.id, ['x']), revoke(root.id, ['admin'])]) {
      assert.equal((await w.call({ ...request, headers })).json.code, 'CONFLICT');
    }
    assert.deepEqual(await rolesOf(w, root), ['admin']);
    let [first, second]: [Person, Person] = [root, await w.admin()];
    for (let round = 0; round < 6; round++) {
      const head = await w.head();
      const [a, b] = await Promise.all([
        w.call({
          ...(round % 2 ? revoke(second.id, ['admin']) : set(second.id, [])),
          headers: w.byHeader(first),
        }),
        w.call({ ...revoke(first.id, ['admin']), headers: w.byHeader(second) }),
      ]);
      assert.deepEqual([a.status, b.status].sort()[0], 200);
      assert.notEqual([a.status, b.status].sort()[1], 200);
      const stays = a.status === 200 ? first : second;
      const gone = stays === first ? second : first;
      assert.deepEqual(await rolesOf(w, stays), ['admin']);
      assert.deepEqual(refreshesOf(await w.entriesSince(head)), [{ user: gone.id, reason: 'roles-changed' }]);
      [first, second] = [stays, await w.admin()];
    }
  });

  it('two changes at once are done one after the other, each with its event', async () => {
    const w = world();
    const { anna, root } = await people(w);
    for (let round = 0; round < 5; round++) {
      const head = await w.head();
      const answers = await Promise.all([
        w.call({ ...set(anna.id, [`a${round}`]), headers: w.byHeader(root) }),
        w.call({ ...set(anna.id, [`b${round}`]), headers: w.byHeader(root) }),
      ]);
      for (const { status } of answers) assert.equal(status, 200);
      assert.equal((await rolesOf(w, anna)).length, 1);
      assert.equal((await w.entriesSince(head)).length, 2);
    }
  });
});
