import assert from 'node:assert/strict';
import { it } from 'node:test';
import {
  accountPeople as people,
  profileChanged,
  putAccount as put,
  readAccount as read,
  userOf,
} from '../../support/people.ts';
import { refused, run, scenario } from '../../support/scenario.ts';
import { onEachStore } from '../../support/world.ts';

type People = Awaited<ReturnType<typeof people>>;

onEachStore('reading accounts', (world) => {
  const whole = ({ anna }: People) => ({
    id: anna.id,
    login: anna.login,
    name: anna.name,
    active: true,
    deleted: false,
    time_zone: 'UTC',
    language: 'en',
    theme: '',
    custom_hdr: {},
    custom_dat: {},
  });
  run(world, [
    scenario({
      name: 'the current one',
      given: people,
      request: ({ anna }, w) => ({ ...read('current'), headers: w.byHeader(anna) }),
      body: whole,
      afterwards: (_given, { json }) => {
        assert.match(String(json.create_time), /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
        assert.equal(Object.keys(json).length, 11);
      },
    }),
    refused('the current one of nobody', read('current'), 'NOT_SIGNED'),
    ...(['anna', 'root'] as const).map((who) =>
      scenario({
        name: `one by ${who === 'anna' ? 'its owner' : 'an admin'}`,
        given: people,
        request: (given, w) => ({ ...read(given.anna.id), headers: w.byHeader(given[who]) }),
        body: whole,
      }),
    ),
    ...(['ben', 'keeper'] as const).map((who) =>
      scenario({
        name: `one by ${who === 'ben' ? 'somebody else' : "a site's admin"} is refused`,
        given: people,
        request: (given, w) => ({ ...read(given.anna.id), headers: w.byHeader(given[who]) }),
        code: 'NOT_OWNER',
      }),
    ),
    scenario({
      name: 'one by nobody is refused',
      given: people,
      request: ({ anna }) => read(anna.id),
      code: 'NOT_SIGNED',
    }),
    ...['4503599627370497', 'me', '0', '-1', '1e3', '%2e%2e', '1%00', 'CURRENT'].map((id) =>
      scenario({
        name: `${id} is nobody`,
        given: (w) => w.admin(),
        request: (root, w) => ({ ...read(id), headers: w.byHeader(root) }),
        code: 'NOT_FOUND',
      }),
    ),
    ...(['ben', 'keeper'] as const).map((who) =>
      scenario({
        name: `the list is not for ${who === 'ben' ? 'users' : "a site's admin"}`,
        given: people,
        request: (given, w) => ({ method: 'GET', path: '/api/v1/accounts', headers: w.byHeader(given[who]) }),
        code: 'NOT_IN_ROLE',
      }),
    ),
    refused('the list of nobody', { method: 'GET', path: '/api/v1/accounts' }, 'NOT_SIGNED'),
  ]);

  it('the list is filtered and paged, and refuses junk', async () => {
    const w = world();
    const { anna, ben, root } = await people(w);
    const ask = (query: string) =>
      w.call({ method: 'GET', path: `/api/v1/accounts?${query}`, headers: w.byHeader(root) });
    const ids = async (query: string) =>
      ((await ask(query)).json.data as { id: string }[]).map(({ id }) => id).sort();
    assert.deepEqual(await ids(`search=${anna.login.toUpperCase()}`), [anna.id]);
    assert.deepEqual(await ids(`ids=${anna.id},${ben.id}`), [anna.id, ben.id].sort());
    assert.deepEqual(await ids(`ids=${anna.id}&active=false`), []);
    const page = await ask(`ids=${anna.id},${ben.id}&take=1&skip=1&total=true`);
    assert.equal((page.json.data as []).length, 1);
    assert.equal(page.json.total, 2);
    for (const junk of ['ids=me', 'ids=', 'take=101', 'active=1', 'search=', 'login=a', 'ids=1,,2']) {
      assert.equal((await ask(junk)).json.code, 'INVALID_DATA', junk);
    }
  });
});

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
