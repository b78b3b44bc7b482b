import assert from 'node:assert/strict';
import { activate, codeFor, done, invitations, invite, invited, mailsTo } from '../../support/invitations.ts';
import { run, scenario } from '../../support/scenario.ts';
import { as, sitePeople, sites } from '../../support/sites.ts';
import { assertProblem, newAddress, onEachStore, type World } from '../../support/world.ts';

const week = 7 * 24 * 3600_000;

const withEmail = async (w: World) => ({ ...(await sitePeople(w)), email: newAddress() });

onEachStore('inviting somebody to a site', (world) => {
  run(world, [
    scenario({
      name: 'by a manager, as user by default: a code goes to the mailbox, and is shown to nobody else',
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
