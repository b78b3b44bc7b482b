import assert from 'node:assert/strict';
import {
  ask,
  asked,
  done,
  invitations,
  mailsTo,
  own,
  longSessions as sessions,
  storedInvitation,
  withAddress,
} from '../../support/invitations.ts';
import { run, scenario } from '../../support/scenario.ts';
import { as, newSite, rolesAt, sitePeople, sites } from '../../support/sites.ts';
import { onEachStore } from '../../support/world.ts';

const month = 30 * 24 * 3600_000;

onEachStore(
  'asking to join a site',
  (world) => {
    run(world, [
      scenario({
        name: 'tells its managers and admins, and gives nothing',
        async given(w) {
          const [admin, manager, member] = await Promise.all([1, 2, 3].map(() => withAddress(w, true)));
          const site = await newSite(w, admin!, { name: 'Acme' });
          const disabled = await withAddress(w, true);
          for (const [person, role] of [
            [manager!, 'manager'],
            [member!, 'user'],
            [disabled, 'admin'],
          ] as const) {
            await done(w, as(w, admin!, sites('PUT', `/${site}/users/${person.id}`, { roles: [role] })));
          }
          const off = { method: 'PUT', path: `/api/v1/accounts/${disabled.id}`, json: { active: false } };
          await done(w, as(w, await w.admin(), off));
          return {
            site,
            admin: admin!,
            manager: manager!,
            member: member!,
            disabled,
            anna: await withAddress(w, true),
          };
        },
        request: ({ anna, site }, w) => as(w, anna, ask(site)),
        body: ({ site, anna }) => ({
          action: 'approve',
          status: 'pending',
          site_id: site,
          role: 'user',
          creator_id: anna.id,
          invitee_id: anna.id,
          invitee_name: anna.name,
          invitee_email: anna.email,
        }),
        async afterwards(given, { json }, w) {
          assert.deepEqual(await rolesAt(w, given.anna, given.site), []);
          for (const { email } of [given.admin, given.manager]) {
            const [mail, ...more] = await mailsTo(w, email, 'join-request');
            assert.equal(more.length, 0);
            assert.deepEqual(mail!.content!.values, { site: 'Acme', by: given.anna.name, role: 'user' });
          }
          for (const { email } of [given.member, given.disabled, given.anna]) {
            assert.deepEqual(await mailsTo(w, email, 'join-request'), []);
          }
          const list = await w.call(as(w, given.anna, own));
          assert.deepEqual(list.json.data, [json]);
        },
      }),
      scenario({
        name: 'says no address that is only typed in',
        given: async (w) => ({ ...(await sitePeople(w)), anna: await withAddress(w, false) }),
        request: ({ anna, site }, w) => as(w, anna, ask(site)),
        afterwards: (_given, { json }) => assert.equal(json.invitee_email, undefined),
      }),
      scenario({
        name: 'for a role, which is none until somebody gives it',
        given: sitePeople,
        request: ({ user, site }, w) => as(w, user, ask(site, 'admin')),
        body: { role: 'admin', status: 'pending' },
        afterwards: async ({ user, site }, _answer, w) =>
          assert.deepEqual(await rolesAt(w, user, site), ['user']),
      }),
      ...(
        [
          ['user', 'user'],
          ['manager', 'user'],
          ['auditor', 'auditor'],
        ] as const
      ).map(([who, role]) =>
        scenario({
          name: `as ${role} is of no use to ${who}`,
          given: sitePeople,
          request: (given, w) => as(w, given[who], ask(given.site, role)),
          code: 'CONFLICT',
        }),
      ),
      scenario({
        name: 'twice, while the first waits',
        given: asked,
        request: ({ anna, site }, w) => as(w, anna, ask(site, 'manager')),
        code: 'CONFLICT',
        afterwards: async ({ id }, _answer, w) => assert.equal((await storedInvitation(w, id))?.role, 'user'),
      }),
      scenario({
        name: 'again, after nobody has decided for a month',
        async given(w) {
          const given = await asked(w);
          w.clock.move(month + 1000);
          return given;
        },
        request: ({ anna, site }, w) => as(w, anna, ask(site)),
        body: { status: 'pending' },
        async afterwards({ id, site, admin }, { json }, w) {
          assert.notEqual(json.id, id);
          const old = await w.call(as(w, admin, invitations('GET', site, `/${id}`)));
          assert.equal(old.json.status, 'expired');
        },
      }),
      ...['4503599627370497', 'no-such-site'].map((site) =>
        scenario({
          name: `${site} is no site`,
          given: (w) => w.person(),
          request: (anna, w) => as(w, anna, ask(site)),
          code: 'NOT_FOUND',
        }),
      ),
      scenario({
        name: 'a site that was deleted',
        async given(w) {
          const given = await sitePeople(w);
          await done(w, as(w, given.root, sites('DELETE', `/${given.site}`)));
          return given;
        },
        request: ({ nobody, site }, w) => as(w, nobody, ask(site)),
        code: 'NOT_FOUND',
      }),
      scenario({
        name: 'a site that is not active',
        async given(w) {
          const given = await sitePeople(w);
          await done(w, as(w, given.root, sites('PUT', `/${given.site}`, { active: false })));
          return given;
        },
        request: ({ nobody, site }, w) => as(w, nobody, ask(site)),
        code: 'CONFLICT',
      }),
      ...[
        { invitee_email: 'eve@example.com' },
        { invitee_name: 'Eve' },
        { invitee_id: '4503599627370497' },
        { creator_id: '4503599627370497' },
        { status: 'approved' },
        { role: '1:admin' },
      ].map((fields) =>
        scenario({
          name: `with ${Object.keys(fields)} is refused`,
          given: sitePeople,
          request: ({ nobody, site }, w) =>
            as(w, nobody, invitations('POST', site, '', { action: 'approve', ...fields })),
          code: 'INVALID_DATA',
        }),
      ),
      scenario({
        name: 'needs a session',
        given: sitePeople,
        request: ({ site }) => ask(site),
        code: 'NOT_SIGNED',
      }),
    ]);
  },
  sessions,
);
