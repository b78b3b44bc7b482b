import assert from 'node:assert/strict';
import { it } from 'node:test';
import { loadTemplates } from '../../../src/adapters/smtp/templates.ts';
import type { SiteId } from '../../../src/kernel/ids.ts';
import { addToSite } from '../../../src/sites/invitations/add-to-site.ts';
import { createInvitation } from '../../../src/sites/invitations/create-invitation.ts';
import type { Answer } from '../../support/client.ts';
import {
  ask,
  done,
  invitations,
  invite,
  invited,
  mailsTo,
  longSessions as sessions,
} from '../../support/invitations.ts';
import { as, newSite, personWith, sitePeople } from '../../support/sites.ts';
import { assertProblem, newAddress, onEachStore, type World } from '../../support/world.ts';

const hour = 3600_000;

function assertLimited(answer: Answer, most: number): void {
  assertProblem(answer, 429, 'TOO_MANY_REQUESTS');
  const seconds = Number(answer.headers['retry-after']);
  assert.ok(Number.isInteger(seconds) && seconds >= 1 && seconds <= most, String(seconds));
}

/** Several at once: how many went through, and the answers that did not. */
async function atOnce(w: World, requests: readonly Parameters<World['call']>[0][]) {
  const answers = await Promise.all(requests.map((request) => w.call(request)));
  const refused = answers.filter(({ status }) => status !== 200);
  return { passed: answers.length - refused.length, refused };
}

onEachStore(
  'mails that an invitation makes go out',
  (world) => {
    it('are 30 an hour for one sender, on all sites together, whatever comes at once', async () => {
      const w = world();
      const { site, manager, foreign } = await sitePeople(w);
      const second = await newSite(w, manager);
      const { passed, refused } = await atOnce(
        w,
        Array.from({ length: 40 }, (_, i) => as(w, manager, invite(i % 2 ? site : second, newAddress()))),
      );
      assert.equal(passed, 30);
      for (const answer of refused) assertLimited(answer, 3600);
      const add = invitations('POST', site, '/notify', { invitee_id: foreign.id });
      assertLimited(await w.call(as(w, manager, add)), 3600);
      w.clock.move(hour + 1000);
      await done(w, as(w, await w.again(manager), add));
    });

    it('are 60 an hour for one site, from all senders together', async () => {
      const w = world();
      const { site, admin, manager, root } = await sitePeople(w);
      for (const person of [admin, manager]) {
        const { passed } = await atOnce(
          w,
          Array.from({ length: 30 }, () => as(w, person, invite(site, newAddress()))),
        );
        assert.equal(passed, 30);
      }
      assertLimited(await w.call(as(w, root, invite(site, newAddress()))), 3600);
      const other = await newSite(w, root);
      await done(w, as(w, root, invite(other, newAddress())));
    });

    it('are four a day from one site to one mailbox, sent again, taken back, or invited anew', async () => {
      const w = world();
      const { site, id, email, manager, admin } = await invited(w);
      const resend = invitations('POST', site, `/${id}/resend`);
      await done(w, as(w, manager, resend));
      await done(w, as(w, admin, invite(site, email.toUpperCase())));
      await done(w, as(w, manager, invitations('DELETE', site, `/${id}`)));
      const again = await done(w, as(w, manager, invite(site, email)));
      assert.notEqual(again, id);
      for (const person of [manager, admin]) {
        assertLimited(await w.call(as(w, person, invite(site, email))), 24 * 3600);
        assertLimited(await w.call(as(w, person, invitations('POST', site, `/${again}/resend`))), 24 * 3600);
      }
      assert.equal((await mailsTo(w, email, 'invitation')).length, 4);
      w.clock.move(24 * hour + 1000);
      await done(w, as(w, manager, invitations('POST', site, `/${again}/resend`)));
    });

    it('are five an hour and ten a day to one mailbox, from all sites together', async () => {
      const w = world();
      const email = newAddress();
      const inviteOnce = async () => {
        const person = await w.person();
        return w.call(as(w, person, invite(await newSite(w, person), email)));
      };
      for (let i = 0; i < 5; i++) assert.equal((await inviteOnce()).status, 200);
      assertLimited(await inviteOnce(), 3600);
      w.clock.move(hour + 1000);
      for (let i = 0; i < 5; i++) assert.equal((await inviteOnce()).status, 200);
      w.clock.move(hour + 1000);
      const person = await w.person();
      const site = await newSite(w, person);
      assertLimited(await w.call(as(w, person, invite(site, email))), 24 * 3600);
      await done(w, as(w, person, invite(site, newAddress())));
    });

    it('are ten an hour for one who asks to join sites, and three a day at one', async () => {
      const w = world();
      const anna = await w.person();
      const site = await newSite(w, await w.person());
      for (let i = 0; i < 3; i++) {
        const id = await done(w, as(w, anna, ask(site)));
        await done(w, as(w, anna, invitations('DELETE', site, `/${id}`)));
      }
      assertLimited(await w.call(as(w, anna, ask(site))), 24 * 3600);
      for (let i = 0; i < 7; i++) await done(w, as(w, anna, ask(await newSite(w, await w.person()))));
      assertLimited(await w.call(as(w, anna, ask(await newSite(w, await w.person())))), 3600);
    });

    it('of requests do not use up those of invitations', async () => {
      const w = world();
      const { site, manager } = await sitePeople(w);
      const people = await Promise.all(Array.from({ length: 60 }, () => w.person()));
      for (const person of people) await done(w, as(w, person, ask(site)));
      assertLimited(await w.call(as(w, await w.person(), ask(site))), 3600);
      await done(w, as(w, manager, invite(site, newAddress())));
    });

    it('what is refused is not counted, and sends nothing', async () => {
      const w = world();
      const { site, manager, user } = await sitePeople(w);
      const email = newAddress();
      for (let i = 0; i < 6; i++) {
        assertProblem(await w.call(as(w, manager, invite(site, email, 'admin'))), 403, 'NOT_IN_SITE_ROLE');
        assertProblem(await w.call(as(w, user, invite(site, email))), 403, 'NOT_IN_SITE_ROLE');
      }
      assert.deepEqual(await mailsTo(w, email, 'invitation'), []);
      await done(w, as(w, manager, invite(site, email)));
    });
  },
  sessions,
);

onEachStore(
  'what people write into invitations',
  (world) => {
    it('is shown in a fixed mail as plain words, and makes no link', async () => {
      const w = world();
      const evil = '<b>Win</b> https://evil.example/?a=1&b="2"';
      const admin = await w.person({ name: evil });
      const site = (await newSite(w, admin, { name: evil })) as SiteId;
      const email = newAddress();
      await createInvitation(w.app.context, { siteId: site, by: admin.id, role: 'user', email, name: evil });
      const anna = await w.person({ email: newAddress() });
      await addToSite(w.app.context, { siteId: site, by: admin.id, role: 'user', inviteeId: anna.id });
      const { name, language, values } = (await mailsTo(w, email, 'invitation'))[0]!.content!;
      const written = loadTemplates(undefined).write('invitation', language, { name, ...values });
      assert.ok(!/https?:\/\/evil|evil\.example/.test(`${written.text}${written.html}${written.subject}`));
      assert.ok(!written.html.includes('<b>'));
      assert.deepEqual(
        [...written.html.matchAll(/href="([^"]+)"/g)].map(([, href]) => href!.split('#')[0]),
        [`${w.app.config.publicUrl}/invitation`],
      );
    });

    it('a link leads to the public address, whatever the request calls this host', async () => {
      const w = world();
      const { site, manager } = await sitePeople(w);
      const email = newAddress();
      const request = invite(site, email);
      const headers = {
        ...w.byHeader(manager),
        host: 'evil.example',
        'x-forwarded-host': 'evil.example',
        forwarded: 'host=evil.example',
      };
      await w.call({ ...request, headers });
      const [mail] = await mailsTo(w, email, 'invitation');
      assert.equal(mail?.content?.values.link?.split('#')[0], `${w.app.config.publicUrl}/invitation`);
    });

    it('a name of two lines or of control characters is refused', async () => {
      const w = world();
      const site = await newSite(w, await personWith(w));
      const root = await w.admin();
      for (const name of ['a\r\nBcc: eve@example.com', 'a\u0000b', 'a\u2028b']) {
        const json = { invitee_email: newAddress(), invitee_name: name };
        assertProblem(await w.call(as(w, root, invitations('POST', site, '', json))), 400, 'INVALID_DATA');
      }
    });
  },
  { engines: ['sqlite'] },
);
