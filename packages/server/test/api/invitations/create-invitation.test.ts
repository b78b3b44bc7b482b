import assert from 'node:assert/strict';
import { it } from 'node:test';
import { pruneInvitations } from '../../../src/sites/invitations/prune-invitations.ts';
import {
  activate,
  assertPending,
  codeFor,
  done,
  invitations,
  invite,
  invited,
  mailsTo,
  newAddress,
  storedInvitation,
  withAddress,
} from '../../support/invitations.ts';
import { run, scenario } from '../../support/scenario.ts';
import { as, sitePeople, sites } from '../../support/sites.ts';
import { assertProblem, onEachStore, type World } from '../../support/world.ts';

const week = 7 * 24 * 3600_000;

const withEmail = async (w: World) => ({ ...(await sitePeople(w)), email: newAddress() });

/** Longer than an invitation lives. */
const sessions = { env: { LATCHKEY_SESSION_IDLE: '300d', LATCHKEY_SESSION_ABSOLUTE: '300d' } };

onEachStore('inviting somebody to a site', (world) => {
  run(world, [
    scenario({
      name: 'by a manager, as user unless told: a code goes to the mailbox, and is shown to nobody else',
      given: withEmail,
      request: ({ manager, site, email }, w) =>
        as(w, manager, invitations('POST', site, '', { invitee_email: email, invitee_name: ' Ínge ' })),
      body: ({ manager, site, email }) => ({
        action: 'activate',
        status: 'pending',
        site_id: site,
        site_name: 'Acme',
        role: 'user',
        creator_id: manager.id,
        creator_name: manager.name,
        invitee_name: 'Ínge',
        invitee_email: email,
      }),
      async afterwards({ site, manager, email }, { json, text }, w) {
        assert.match(String(json.id), /^[1-9][0-9]{15}$/);
        assert.equal(json.invitee_id, undefined);
        const life = Date.parse(String(json.expire_time)) - Date.parse(String(json.sent_time));
        assert.equal(life, week);
        const [mail, ...more] = await mailsTo(w, email, 'invitation');
        assert.equal(more.length, 0);
        const { name, language, values } = mail!.content!;
        assert.deepEqual(
          [name, language, values.site, values.by, values.role],
          ['Ínge', 'en', 'Acme', manager.name, 'user'],
        );
        const { code = '', link } = values;
        assert.match(code, /^[2-9A-HJ-NP-Z]{26}$/);
        const fragment = new URLSearchParams({ id: String(json.id), code });
        assert.equal(link, `${w.app.config.publicUrl}/invitation#${fragment}`);
        assert.equal(mail!.mail.expireTime, Date.parse(String(json.expire_time)));
        const shown = [
          text,
          (await w.call(as(w, manager, invitations('GET', site)))).text,
          (await w.call(as(w, manager, invitations('GET', site, `/${json.id}`)))).text,
        ];
        for (const one of shown) assert.ok(!one.includes(code) && one.includes(String(json.id)));
      },
    }),
    scenario({
      name: 'in the language of the account whose proven address it is',
      async given(w) {
        const people = await sitePeople(w);
        const email = newAddress();
        const person = await w.person({ email, language: 'de', name: 'Greta' });
        await w.app.context.transaction((tx) => tx.emailSettings.prove(person.id, email));
        return { ...people, email };
      },
      request: ({ admin, site, email }, w) => as(w, admin, invite(site, email.toUpperCase())),
      async afterwards({ email }, { json }, w) {
        const to = String(json.invitee_email);
        assert.equal(to.toLowerCase(), email);
        const [mail] = await mailsTo(w, to, 'invitation');
        assert.deepEqual([mail!.content!.language, mail!.content!.name], ['de', 'Greta']);
      },
    }),
    scenario({
      name: "in the sender's language for an address that somebody has only typed in",
      async given(w) {
        const people = await sitePeople(w);
        const email = newAddress();
        await w.person({ email, language: 'de' });
        return { ...people, email };
      },
      request: ({ admin, site, email }, w) => as(w, admin, invite(site, email)),
      afterwards: async ({ email }, _answer, w) => {
        const { language, name } = (await mailsTo(w, email, 'invitation'))[0]!.content!;
        assert.deepEqual([language, name], ['en', email]);
      },
    }),
    ...(
      [
        ['manager', 'manager'],
        ['admin', 'admin'],
        ['admin', 'auditor'],
        ['root', 'admin'],
      ] as const
    ).map(([who, role]) =>
      scenario({
        name: `as ${role} by ${who}`,
        given: withEmail,
        request: (given, w) => as(w, given[who], invite(given.site, given.email, role)),
        body: { role, status: 'pending' },
      }),
    ),
    ...(
      [
        ['manager', 'admin'],
        ['manager', 'auditor'],
        ['user', 'user'],
        ['auditor', 'user'],
        ['auditor', 'auditor'],
        ['nobody', 'user'],
        ['nobody', 'admin'],
        ['foreign', 'user'],
        ['neighbour', 'user'],
      ] as const
    ).map(([who, role]) =>
      scenario({
        name: `as ${role} is not for ${who}`,
        given: withEmail,
        request: (given, w) => as(w, given[who], invite(given.site, given.email, role)),
        code: 'NOT_IN_SITE_ROLE',
        async afterwards({ admin, site, email }, _answer, w) {
          assert.deepEqual(await mailsTo(w, email, 'invitation'), []);
          assert.deepEqual((await w.call(as(w, admin, invitations('GET', site)))).json.data, []);
        },
      }),
    ),
    ...Object.entries<Record<string, unknown>>({
      'no address': {},
      'another site': { site_id: '1' },
      'another creator': { creator_id: '1' },
      'an id': { id: '4503599627370497' },
      activated: { activated: true },
      'a status': { status: 'activated' },
      'an invitee': { invitee_id: '4503599627370497' },
      'a time': { expire_time: '2099-01-01T00:00:00Z' },
      'an action that is another route': { action: 'notify' },
      'no action': { action: null },
      'a role of another site': { role: '1:admin' },
      'an empty role': { role: '' },
      'no role': { role: null },
      'a name of two lines': { invitee_name: 'a\nb' },
      'an empty name': { invitee_name: ' ' },
      'a name of 129 characters': { invitee_name: 'x'.repeat(129) },
      'two addresses': { invitee_email: 'a@example.com,b@example.com' },
      'a line break in the address': { invitee_email: 'a@example.com\r\nBcc: b@example.com' },
      'a quoted address': { invitee_email: '"a@b"@example.com' },
      'no text': { invitee_email: 5 },
    }).map(([name, fields]) =>
      scenario({
        name: `with ${name} is refused`,
        given: withEmail,
        request: ({ admin, site, email }, w) =>
          as(
            w,
            admin,
            invitations('POST', site, '', {
              ...(name !== 'no address' && { invitee_email: email }),
              ...fields,
            }),
          ),
        code: 'INVALID_DATA',
        afterwards: async ({ admin, site }, _answer, w) =>
          assert.deepEqual((await w.call(as(w, admin, invitations('GET', site)))).json.data, []),
      }),
    ),
    scenario({
      name: 'a site that is not active takes nobody',
      async given(w) {
        const given = await withEmail(w);
        await done(w, as(w, given.root, sites('PUT', `/${given.site}`, { active: false })));
        return given;
      },
      request: ({ admin, site, email }, w) => as(w, admin, invite(site, email)),
      code: 'CONFLICT',
    }),
    scenario({
      name: 'a site that is none, by a global admin',
      given: withEmail,
      request: ({ root, email }, w) => as(w, root, invite('4503599627370497', email)),
      code: 'NOT_FOUND',
    }),
    scenario({
      name: 'again while it waits sends a new code in its place, with the new role',
      given: (w) => invited(w),
      request: ({ admin, site, email }, w) => as(w, admin, invite(site, email.toUpperCase(), 'manager')),
      body: ({ id, manager }) => ({ id, role: 'manager', creator_id: manager.id }),
      async afterwards({ site, admin, code, email, nobody }, _answer, w) {
        const list = await w.call(as(w, admin, invitations('GET', site, '?total=true')));
        assert.equal(list.json.total, 1);
        assertProblem(await w.call(as(w, nobody, activate(code))), 400, 'WRONG_CODE');
        const answer = await w.call(as(w, nobody, activate(await codeFor(w, email))));
        assert.equal(answer.json.role, 'manager');
      },
    }),
    scenario({
      name: 'needs a session',
      given: withEmail,
      request: ({ site, email }) => invite(site, email),
      code: 'NOT_SIGNED',
    }),
  ]);
});

onEachStore(
  'the invitations of a site',
  (world) => {
    it('are listed newest first, by pages, and found by action, status and invitee', async () => {
      const w = world();
      const { site, manager, nobody, foreign, email, id, code } = await invited(w);
      const other = newAddress();
      const named = invitations('POST', site, '', { invitee_email: other, invitee_name: 'Öle 100%' });
      w.clock.move(1000);
      const second = await done(w, as(w, manager, named));
      w.clock.move(1000);
      const asked = await done(w, as(w, foreign, invitations('POST', site, '', { action: 'approve' })));
      const list = async (query: string) => {
        const { status, json, text } = await w.call(as(w, manager, invitations('GET', site, query)));
        assert.equal(status, 200, text);
        return { ids: (json.data as { id: string }[]).map((one) => one.id), total: json.total };
      };
      assert.deepEqual(await list('?total=true'), { ids: [asked, second, id], total: 3 });
      assert.deepEqual(await list('?skip=1&take=1&total=true'), { ids: [second], total: 3 });
      assert.deepEqual((await list('?search=%C3%B6LE%20100%25')).ids, [second]);
      assert.deepEqual((await list(`?search=${email.toUpperCase()}`)).ids, [id]);
      assert.deepEqual((await list('?action=approve')).ids, [asked]);
      assert.deepEqual((await list('?action=notify')).ids, []);
      await done(w, as(w, nobody, activate(code)));
      assert.deepEqual((await list('?status=activated')).ids, [id]);
      assert.deepEqual((await list('?status=pending')).ids, [asked, second]);
      w.clock.move(week);
      assert.deepEqual((await list('?status=pending')).ids, [asked]);
      const expired = await w.call(as(w, manager, invitations('GET', site, '?status=expired')));
      assert.deepEqual(
        (expired.json.data as Record<string, unknown>[]).map((one) => [one.id, one.status]),
        [[second, 'expired']],
      );
      for (const junk of ['?status=new', '?action=', '?take=0', '?site_id=1', '?search=']) {
        assertProblem(await w.call(as(w, manager, invitations('GET', site, junk))), 400, 'INVALID_DATA');
      }
    });

    it("are found under their own site's path alone, by every route", async () => {
      const w = world();
      const { site, id, root, foreign, longer } = await invited(w);
      const elsewhere = await done(w, as(w, foreign, sites('POST', '', { name: 'Elsewhere' })));
      const requests = (place: string, one: string) => [
        invitations('GET', place, `/${one}`),
        invitations('DELETE', place, `/${one}`),
        invitations('POST', place, `/${one}/approve`, { role: 'user' }),
        invitations('POST', place, `/${one}/approve`),
        invitations('POST', place, `/${one}/deny`),
        invitations('POST', place, `/${one}/resend`),
      ];
      for (const request of requests(elsewhere, id)) {
        for (const who of [foreign, root]) {
          assertProblem(await w.call(as(w, who, request)), 404, 'NOT_FOUND');
        }
      }
      for (const place of [longer, '4503599627370497', 'no-such-site']) {
        for (const request of requests(place, id)) {
          assertProblem(await w.call(as(w, root, request)), 404, 'NOT_FOUND');
        }
      }
      for (const strange of ['4503599627370497', 'me', '0', `0${id}`, `${id}%00`, '%2e%2e', '1e9']) {
        for (const request of requests(site, strange)) {
          assertProblem(await w.call(as(w, root, request)), 404, 'NOT_FOUND');
        }
      }
      await assertPending(w, id);
    });

    it('are the business of managers alone, wherever they stand', async () => {
      const w = world();
      const people = await invited(w);
      const { site, id } = people;
      const asked = await done(
        w,
        as(w, people.neighbour, invitations('POST', site, '', { action: 'approve' })),
      );
      const requests = [
        invitations('GET', site),
        invitations('GET', site, `/${id}`),
        invitations('DELETE', site, `/${id}`),
        invitations('DELETE', site, `/${asked}`),
        invitations('POST', site, '/notify', { invitee_id: people.nobody.id }),
        invitations('POST', site, `/${asked}/approve`, {}),
        invitations('POST', site, `/${asked}/deny`),
        invitations('POST', site, `/${id}/resend`),
      ];
      for (const request of requests) {
        assertProblem(await w.call(request), 401, 'NOT_SIGNED');
        for (const who of ['nobody', 'user', 'auditor', 'foreign'] as const) {
          assertProblem(await w.call(as(w, people[who], request)), 403, 'NOT_IN_SITE_ROLE');
        }
      }
      await assertPending(w, id);
      assert.equal((await storedInvitation(w, asked))?.status, 'pending');
    });
  },
  sessions,
);

onEachStore(
  'taking an invitation back, and sending it again',
  (world) => {
    run(world, [
      ...(['manager', 'admin', 'root'] as const).map((who) =>
        scenario({
          name: `${who} takes it back: its code is void`,
          given: (w) => invited(w, { by: 'admin', role: 'admin' }),
          request: (given, w) => as(w, given[who], invitations('DELETE', given.site, `/${given.id}`)),
          body: ({ id }) => ({ id, status: 'withdrawn' }),
          async afterwards({ site, id, code, nobody, manager }, _answer, w) {
            assertProblem(await w.call(as(w, nobody, activate(code))), 400, 'WRONG_CODE');
            for (const [method, path] of [
              ['DELETE', ''],
              ['POST', '/resend'],
            ] as const) {
              const again = await w.call(as(w, manager, invitations(method, site, `/${id}${path}`)));
              assert.ok(['CONFLICT', 'NOT_IN_SITE_ROLE'].includes(String(again.json.code)), again.text);
            }
          },
        }),
      ),
      scenario({
        name: 'it is sent again with a new code, and lives for a week from then',
        async given(w) {
          const given = await invited(w);
          w.clock.move(week - 1000);
          return given;
        },
        request: ({ admin, site, id }, w) => as(w, admin, invitations('POST', site, `/${id}/resend`)),
        body: ({ id, manager }) => ({ id, status: 'pending', creator_id: manager.id }),
        async afterwards({ code, email, nobody, manager, id }, { json }, w) {
          const life = Date.parse(String(json.expire_time)) - w.clock.now();
          assert.ok(life > week - 60_000 && life <= week);
          assert.equal((await mailsTo(w, email, 'invitation')).length, 2);
          const fresh = await codeFor(w, email);
          assert.notEqual(fresh, code);
          assertProblem(await w.call(as(w, nobody, activate(code))), 400, 'WRONG_CODE');
          await assertPending(w, id);
          await done(w, as(w, nobody, activate(fresh)));
          const late = invitations('POST', String(json.site_id), `/${id}/resend`);
          assertProblem(await w.call(as(w, manager, late)), 409, 'CONFLICT');
        },
      }),
      scenario({
        name: 'an expired one is sent again',
        async given(w) {
          const given = await invited(w);
          w.clock.move(week + 1000);
          return given;
        },
        request: ({ manager, site, id }, w) => as(w, manager, invitations('POST', site, `/${id}/resend`)),
        body: { status: 'pending' },
      }),
      scenario({
        name: "a role above one's own is not sent again",
        given: (w) => invited(w, { by: 'admin', role: 'admin' }),
        request: ({ manager, site, id }, w) => as(w, manager, invitations('POST', site, `/${id}/resend`)),
        code: 'NOT_IN_SITE_ROLE',
        afterwards: async ({ code, nobody }, _answer, w) =>
          void (await done(w, as(w, nobody, activate(code)))),
      }),
      scenario({
        name: 'a request to join is not sent by anybody else',
        async given(w) {
          const people = await sitePeople(w);
          const asked = invitations('POST', people.site, '', { action: 'approve' });
          return { ...people, id: await done(w, as(w, people.nobody, asked)) };
        },
        request: ({ admin, site, id }, w) => as(w, admin, invitations('POST', site, `/${id}/resend`)),
        code: 'CONFLICT',
      }),
    ]);
  },
  sessions,
);

onEachStore(
  'invitations and their site',
  (world) => {
    it('end with it: neither their codes nor their addresses are good for anything', async () => {
      const w = world();
      const email = newAddress();
      const { site, id, code, root } = await invited(w, { email });
      const anna = await withAddress(w, true, email);
      await done(w, as(w, root, sites('DELETE', `/${site}`)));
      assert.equal(await storedInvitation(w, id), undefined);
      assertProblem(await w.call(as(w, anna, activate(code))), 400, 'WRONG_CODE');
      const byAddress = { method: 'POST', path: `/api/v1/invitations/${id}/activate` };
      assertProblem(await w.call(as(w, anna, byAddress)), 404, 'NOT_FOUND');
      assert.deepEqual(
        (await w.call(as(w, anna, { method: 'GET', path: '/api/v1/invitations' }))).json.data,
        [],
      );
    });

    it('are forgotten 90 days after the last thing that happened to them', async () => {
      const w = world();
      const day = 24 * 3600_000;
      const first = await invited(w);
      w.clock.move(60 * day);
      const second = await invited(w);
      w.clock.move(31 * day);
      await pruneInvitations(w.app.context);
      assert.equal(await storedInvitation(w, first.id), undefined);
      await assertPending(w, second.id);
      const { nobody } = await sitePeople(w);
      assertProblem(await w.call(as(w, nobody, activate(second.code))), 400, 'CODE_EXPIRED');
      assertProblem(await w.call(as(w, nobody, activate(first.code))), 400, 'WRONG_CODE');
    });

    it('show its name as it is now', async () => {
      const w = world();
      const { site, id, admin, manager } = await invited(w);
      await done(w, as(w, admin, sites('PUT', `/${site}`, { name: 'Renamed' })));
      const { json } = await w.call(as(w, manager, invitations('GET', site, `/${id}`)));
      assert.equal(json.site_name, 'Renamed');
    });
  },
  sessions,
);
