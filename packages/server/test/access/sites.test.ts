import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { ErrorCode } from '../../src/kernel/errors.ts';
import type { Request } from '../support/client.ts';
import { as, everybody, type Role, type SitePeople, sitePeople, sites } from '../support/sites.ts';
import { assertProblem, onEachStore } from '../support/world.ts';

const user: readonly Role[] = ['user', 'manager', 'admin', 'root'];
const manager: readonly Role[] = ['manager', 'admin', 'root'];
const siteAdmin: readonly Role[] = ['admin', 'root'];
const root: readonly Role[] = ['root'];

/** Every route about one site with who may, the code for everybody else, and a request that changes nothing. */
const routes: readonly [
  request: (site: string, people: SitePeople) => Request,
  may: readonly Role[],
  code: ErrorCode,
][] = [
  [(site) => sites('GET', `/${site}`), user, 'NOT_IN_SITE_ROLE'],
  [(site) => sites('GET', `/${site}/users`), manager, 'NOT_IN_SITE_ROLE'],
  [(site) => sites('PUT', `/${site}`, {}), siteAdmin, 'NOT_IN_SITE_ROLE'],
  [(site) => sites('POST', `/${site}/generate_code`), siteAdmin, 'NOT_IN_SITE_ROLE'],
  [
    (site, { user: { id } }) => sites('PUT', `/${site}/users/${id}`, { roles: ['user'] }),
    siteAdmin,
    'NOT_IN_SITE_ROLE',
  ],
  [(site, { nobody: { id } }) => sites('DELETE', `/${site}/users/${id}`), siteAdmin, 'NOT_IN_SITE_ROLE'],
  [() => sites('GET', '/all'), root, 'NOT_IN_ROLE'],
];

/** What names no site of anybody's. */
const strange = ['4503599627370497', 'no-such-site', 'a:b', 'admin', '*', '%2e%2e', 'a%00', 'x'.repeat(65)];

onEachStore('who may do what on a site', (world) => {
  it('by the role that they have there, and by nothing that looks like it', async () => {
    const w = world();
    const people = await sitePeople(w);
    for (const [make, may, code] of routes) {
      const request = make(people.site, people);
      const what = `${request.method} ${request.path}`;
      assertProblem(await w.call(request), 401, 'NOT_SIGNED');
      const dead = await w.call({ ...request, headers: { 'x-session-id': 'dead' } });
      assertProblem(dead, 440, 'SESSION_NOT_FOUND');
      for (const who of everybody) {
        const answer = await w.call(as(w, people[who], request));
        if (!may.includes(who)) assertProblem(answer, 403, code);
        else if (request.method === 'DELETE') assert.equal(answer.status, 404, `${what} as ${who}`);
        else assert.equal(answer.status, 200, `${what} as ${who}: ${answer.text}`);
      }
    }
  });

  it('a stranger is not told whether there is such a site; a global admin is', async () => {
    const w = world();
    const people = await sitePeople(w);
    for (const [make, , code] of routes) {
      if (code !== 'NOT_IN_SITE_ROLE') continue;
      for (const site of [...strange, people.longer]) {
        const request = make(site, people);
        for (const who of ['nobody', 'foreign', 'admin'] as const) {
          assertProblem(await w.call(as(w, people[who], request)), 403, code);
        }
        assertProblem(await w.call(as(w, people.root, request)), 404, 'NOT_FOUND');
      }
      const own = make(people.site, people);
      const [theirs, none] = await Promise.all(
        [own, make('4503599627370497', people)].map((request) =>
          w.call({
            ...request,
            headers: { ...w.byHeader(people.nobody), 'x-request-id': 'same' },
          }),
        ),
      );
      assert.equal(theirs!.text, none!.text);
    }
  });

  it('a role that was taken away counts no more from the next request on', async () => {
    const w = world();
    const { site, admin, manager, root } = await sitePeople(w);
    const list = as(w, manager, sites('GET', `/${site}/users`));
    assert.equal((await w.call(list)).status, 200);
    const demote = sites('PUT', `/${site}/users/${manager.id}`, { roles: ['user'] });
    assert.equal((await w.call(as(w, admin, demote))).status, 200);
    assertProblem(await w.call(list), 403, 'NOT_IN_SITE_ROLE');
    await w.call(as(w, root, sites('DELETE', `/${site}/users/${manager.id}`)));
    assertProblem(await w.call(as(w, manager, sites('GET', `/${site}`))), 403, 'NOT_IN_SITE_ROLE');
  });
});

onEachStore(
  'hidden accounts',
  (world) => {
    it("a site's users are shown without their logins", async () => {
      const w = world();
      const { site, admin, user: member } = await sitePeople(w);
      const answers = [
        await w.call(as(w, admin, sites('GET', `/${site}/users`))),
        await w.call(as(w, admin, sites('PUT', `/${site}/users/${member.id}`, { roles: ['user'] }))),
      ];
      for (const { text, status } of answers) {
        assert.equal(status, 200);
        assert.ok(!text.includes(member.login) && text.includes(member.id), text);
      }
    });
  },
  { engines: ['sqlite'], env: { LATCHKEY_HIDE_ACCOUNTS: 'true' } },
);
