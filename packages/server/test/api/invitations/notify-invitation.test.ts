import assert from 'node:assert/strict';
import { done, invitations, mailsTo, own, rolesChanged, withAddress } from '../../support/invitations.ts';
import { run, scenario } from '../../support/scenario.ts';
import { as, personWith, rolesAt, shown, sitePeople, sites } from '../../support/sites.ts';
import { newLogin, onEachStore, type World } from '../../support/world.ts';

const notify = (site: string, json: unknown) => invitations('POST', site, '/notify', json);

async function people(w: World) {
  return { ...(await sitePeople(w)), anna: await withAddress(w, true) };
}
type People = Awaited<ReturnType<typeof people>>;

const noRole = async ({ anna, site }: People, _answer: unknown, w: World) => {
  assert.deepEqual(await rolesAt(w, anna, site), []);
  assert.deepEqual(await mailsTo(w, anna.email, 'added-to-site'), []);
};

onEachStore('putting somebody on a site at once', (world) => {
  run(world, [
    scenario({
      name: 'by id: the role is there, in every session, and they are told',
      given: people,
      request: ({ manager, site, anna }, w) =>
        as(w, manager, notify(site, { invitee_id: anna.id, role: 'manager' })),
      body: ({ site, anna, manager }) => ({
        action: 'notify',
        status: 'notified',
        site_id: site,
        role: 'manager',
        creator_id: manager.id,
        invitee_id: anna.id,
        invitee_name: anna.name,
      }),
      refreshes: ({ anna }) => rolesChanged(anna),
      async afterwards({ site, anna, manager }, { json, text }, w) {
        assert.ok(!text.includes(anna.email), 'the address is not told to a person who does not know it');
        assert.ok(json.sent_time);
        assert.equal(json.expire_time, undefined);
        assert.deepEqual(await rolesAt(w, anna, site), ['manager']);
        assert.deepEqual(await shown(w, anna), [{ id: site, name: 'Acme' }]);
        const [mail, ...more] = await mailsTo(w, anna.email, 'added-to-site');
        assert.equal(more.length, 0);
        assert.deepEqual(mail!.content!.values, { site: 'Acme', by: manager.name, role: 'manager' });
        const list = await w.call(as(w, anna, own));
        assert.deepEqual(list.json.data, [json]);
      },
    }),
    scenario({
      name: 'by the proven address, as user by default',
      given: people,
      request: ({ admin, site, anna }, w) =>
        as(w, admin, notify(site, { invitee_email: anna.email.toUpperCase() })),
      body: ({ anna }) => ({ role: 'user', invitee_id: anna.id }),
      refreshes: ({ anna }) => rolesChanged(anna),
    }),
    scenario({
      name: 'who has no address is put there, and nobody is told',
      given: people,
      request: ({ admin, site, nobody }, w) => as(w, admin, notify(site, { invitee_id: nobody.id })),
      refreshes: ({ nobody }) => rolesChanged(nobody),
      afterwards: (_given, { json }) => assert.equal(json.sent_time, undefined),
    }),
    scenario({
      name: 'a member gets a higher role, and keeps those that are no ranks',
      async given(w) {
        const given = await people(w);
        return {
          ...given,
          ben: await personWith(w, `${given.site}:user`, `${given.site}:auditor`, 'reader'),
        };
      },
      request: ({ admin, site, ben }, w) => as(w, admin, notify(site, { invitee_id: ben.id, role: 'admin' })),
      refreshes: ({ ben }) => rolesChanged(ben),
      async afterwards({ ben, site }, _answer, w) {
        assert.deepEqual(await rolesAt(w, ben, site), ['admin', 'auditor']);
      },
    }),
    ...(
      [
        ['user', 'user'],
        ['manager', 'user'],
        ['auditor', 'auditor'],
      ] as const
    ).map(([who, role]) =>
      scenario({
        name: `${who} has what ${role} may already`,
        given: people,
        request: (given, w) => as(w, given.admin, notify(given.site, { invitee_id: given[who].id, role })),
        code: 'CONFLICT',
      }),
    ),
    ...(
      [
        ['manager', 'admin'],
        ['manager', 'auditor'],
        ['user', 'user'],
        ['nobody', 'user'],
        ['foreign', 'user'],
        ['neighbour', 'user'],
      ] as const
    ).map(([who, role]) =>
      scenario({
        name: `as ${role} is not for ${who}`,
        given: people,
        request: (given, w) => as(w, given[who], notify(given.site, { invitee_id: given.anna.id, role })),
        code: 'NOT_IN_SITE_ROLE',
        afterwards: noRole,
      }),
    ),
    scenario({
      name: 'an address that somebody has only typed in names nobody',
      given: async (w) => ({ ...(await people(w)), anna: await withAddress(w, false) }),
      request: ({ admin, site, anna }, w) => as(w, admin, notify(site, { invitee_email: anna.email })),
      code: 'NOT_FOUND',
      afterwards: noRole,
    }),
    scenario({
      name: 'an address of two accounts names neither',
      async given(w) {
        const given = await people(w);
        const { email } = given.anna;
        const second = await w.person({ login: newLogin(), email });
        await w.app.context.transaction((tx) => tx.emailSettings.prove(second.id, email));
        return given;
      },
      request: ({ admin, site, anna }, w) => as(w, admin, notify(site, { invitee_email: anna.email })),
      code: 'CONFLICT',
      afterwards: noRole,
    }),
    scenario({
      name: 'an account that is none',
      given: people,
      request: ({ admin, site }, w) => as(w, admin, notify(site, { invitee_id: '4503599627370497' })),
      code: 'NOT_FOUND',
    }),
    scenario({
      name: 'an account that is disabled',
      async given(w) {
        const given = await people(w);
        const path = `/api/v1/accounts/${given.anna.id}`;
        await done(w, as(w, given.root, { method: 'PUT', path, json: { active: false } }));
        return given;
      },
      request: ({ admin, site, anna }, w) => as(w, admin, notify(site, { invitee_id: anna.id })),
      code: 'NOT_FOUND',
      afterwards: noRole,
    }),
    scenario({
      name: 'a site that is not active',
      async given(w) {
        const given = await people(w);
        await done(w, as(w, given.root, sites('PUT', `/${given.site}`, { active: false })));
        return given;
      },
      request: ({ admin, site, anna }, w) => as(w, admin, notify(site, { invitee_id: anna.id })),
      code: 'CONFLICT',
      afterwards: noRole,
    }),
    scenario({
      name: 'no more roles than a token carries',
      async given(w) {
        const many = Array.from({ length: 78 }, (_, i) => `4503599627370${100 + i}:admin12`);
        return { ...(await people(w)), ben: await personWith(w, ...many) };
      },
      request: ({ admin, site, ben }, w) =>
        as(w, admin, notify(site, { invitee_id: ben.id, role: 'x'.repeat(64) })),
      code: 'CONFLICT',
      async afterwards({ admin, site }, _answer, w) {
        const list = await w.call(as(w, admin, invitations('GET', site)));
        assert.deepEqual(list.json.data, []);
      },
    }),
    ...[
      {},
      { invitee_id: 'me' },
      { invitee_id: 5 },
      { invitee_email: 'nobody' },
      { invitee_id: '4503599627370497', invitee_email: 'anna@example.com' },
      { invitee_id: '4503599627370497', role: '1:admin' },
      { invitee_id: '4503599627370497', message: 'Buy this' },
      { invitee_login: 'anna' },
    ].map((json) =>
      scenario({
        name: `${JSON.stringify(json)} is refused`,
        given: people,
        request: ({ admin, site }, w) => as(w, admin, notify(site, json)),
        code: 'INVALID_DATA',
      }),
    ),
    scenario({
      name: 'needs a session',
      given: people,
      request: ({ site, anna }) => notify(site, { invitee_id: anna.id }),
      code: 'NOT_SIGNED',
    }),
  ]);
});

onEachStore(
  'putting somebody on a site where accounts are hidden',
  (world) => {
    run(world, [
      scenario({
        name: 'an address is not looked up',
        given: sitePeople,
        request: ({ admin, site }, w) => as(w, admin, notify(site, { invitee_email: 'anna@example.com' })),
        code: 'INVALID_DATA',
      }),
      scenario({
        name: 'an id is',
        given: sitePeople,
        request: ({ admin, site, nobody }, w) => as(w, admin, notify(site, { invitee_id: nobody.id })),
        body: { status: 'notified' },
        refreshes: ({ nobody }) => rolesChanged(nobody),
      }),
    ]);
  },
  { engines: ['sqlite'], env: { LATCHKEY_HIDE_ACCOUNTS: 'true' } },
);
