import assert from 'node:assert/strict';
import { it } from 'node:test';
import {
  activate,
  assertPending,
  done,
  invitations,
  invited,
  longSessions as sessions,
  storedInvitation,
} from '../../support/invitations.ts';
import { as } from '../../support/sites.ts';
import { assertProblem, newAddress, onEachStore } from '../../support/world.ts';

const week = 7 * 24 * 3600_000;

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
