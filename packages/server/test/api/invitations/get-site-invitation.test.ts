import assert from 'node:assert/strict';
import { it } from 'node:test';
import {
  assertPending,
  done,
  invitations,
  invited,
  longSessions as sessions,
} from '../../support/invitations.ts';
import { as, sites } from '../../support/sites.ts';
import { assertProblem, onEachStore } from '../../support/world.ts';

onEachStore(
  'an invitation of a site',
  (world) => {
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
  },
  sessions,
);

onEachStore(
  'an invitation and its site',
  (world) => {
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
