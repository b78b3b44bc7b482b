import assert from 'node:assert/strict';
import { setAccountActive } from '../../src/accounts/set-account-active.ts';
import { revokeRoles } from '../../src/roles/revoke-roles.ts';
import { refused, run, scenario } from './support/scenario.ts';
import { onEachStore, type Person, type World } from './support/world.ts';

const current = { method: 'GET', path: '/api/v1/sessions/current' };
const restore = { method: 'POST', path: '/api/v1/sessions/restore' };
const close = (userId: string, sessionId: string) => ({
  method: 'DELETE',
  path: `/api/v1/sessions/${userId}/${sessionId}`,
});
const clear = (userId: string, query = '') => ({
  method: 'DELETE',
  path: `/api/v1/sessions/${userId}${query}`,
});
const nobody = '4503599627370497';
const unknownId = 'AAAAAAAAAAAAAAAAAAAAAA';

/** Anna with two more sessions, Ben, and an admin. */
async function everybody(w: World) {
  const anna = await w.person();
  const second = await w.again(anna);
  const third = await w.again(anna);
  return { anna, second, third, ben: await w.person(), root: await w.admin() };
}
type Everybody = Awaited<ReturnType<typeof everybody>>;

onEachStore('the current session', (world) => {
  run(world, [
    scenario({
      name: 'shows the public id, also to whoever sent the credential',
      given: (w) => w.person(),
      request: (person, w) => ({ ...current, headers: w.byHeader(person) }),
      body: ({ sessionId, id, name }) => ({ id: sessionId, user_id: id, user_name: name, active: true }),
      afterwards: ({ credential }, answer) => assert.ok(!answer.text.includes(credential.slice(23))),
    }),
    scenario({
      name: 'shows roles as they are now',
      given: async (w) => {
        const root = await w.admin();
        await w.admin();
        await revokeRoles(w.app.context, { accountId: root.id, roles: ['admin'] });
        return root;
      },
      request: (person, w) => ({ ...current, headers: w.byHeader(person) }),
      body: { user: { roles: [] } },
    }),
    refused('nobody has one', current, 'NOT_SIGNED'),
  ]);
});

onEachStore('restoring a session', (world) => {
  const as = (person: Person, w: World) => w.byHeader(person);
  run(world, [
    scenario({
      name: "without a body: the caller's, with the credential as id",
      given: (w) => w.person(),
      request: (person, w) => ({ ...restore, headers: w.byCookie(person) }),
      body: ({ credential }) => ({ id: credential, active: true }),
    }),
    scenario({
      name: 'a browser page gets the public id',
      given: (w) => w.person(),
      request: (person, w) => ({
        ...restore,
        headers: { ...w.byCookie(person), 'sec-fetch-mode': 'cors', 'sec-fetch-site': 'same-origin' },
        json: {},
      }),
      body: ({ sessionId }) => ({ id: sessionId }),
      afterwards: ({ credential }, answer) => assert.ok(!answer.text.includes(credential.slice(23))),
    }),
    scenario({
      name: 'another of their own by its public id',
      given: everybody,
      request: ({ anna, second }, w) => ({
        ...restore,
        headers: as(anna, w),
        json: { session_id: second.sessionId },
      }),
      body: ({ second }) => ({ id: second.credential }),
    }),
    scenario({
      name: 'another of their own by its credential',
      given: everybody,
      request: ({ anna, second }, w) => ({
        ...restore,
        headers: as(anna, w),
        json: { session_id: second.credential },
      }),
      body: ({ second }) => ({ id: second.credential }),
    }),
    scenario({
      name: 'by the public id in the query',
      given: everybody,
      request: ({ anna, second }, w) => ({
        ...restore,
        path: `${restore.path}?session_id=${second.sessionId}`,
        headers: as(anna, w),
      }),
      body: ({ second }) => ({ id: second.credential }),
    }),
    scenario({
      name: 'a credential in the query opens nothing',
      given: everybody,
      request: ({ anna, second }, w) => ({
        ...restore,
        path: `${restore.path}?session_id=${second.credential}`,
        headers: as(anna, w),
      }),
      status: 204,
    }),
    scenario({
      name: "somebody else's is as good as none",
      given: everybody,
      request: ({ anna, ben }, w) => ({
        ...restore,
        headers: as(ben, w),
        json: { session_id: anna.credential },
      }),
      status: 204,
    }),
    scenario({
      name: 'one of their own that was closed',
      given: async (w) => {
        const all = await everybody(w);
        await w.call({ ...close(all.anna.id, all.second.sessionId), headers: as(all.anna, w) });
        return all;
      },
      request: ({ anna, second }, w) => ({
        ...restore,
        headers: as(anna, w),
        json: { session_id: second.sessionId },
      }),
      status: 204,
    }),
    scenario({
      name: "an admin sees anybody's, by its public id alone",
      given: everybody,
      request: ({ anna, root }, w) => ({
        ...restore,
        headers: as(root, w),
        json: { session_id: anna.sessionId },
      }),
      body: ({ anna }) => ({ id: anna.sessionId, user_id: anna.id }),
      afterwards: ({ anna }, answer) => assert.ok(!answer.text.includes(anna.credential.slice(23))),
    }),
    scenario({
      name: 'of an account that was disabled',
      given: async (w) => {
        const all = await everybody(w);
        await setAccountActive(w.app.context, { accountId: all.anna.id, active: false });
        return all;
      },
      request: ({ anna, root }, w) => ({
        ...restore,
        headers: as(root, w),
        json: { session_id: anna.sessionId },
      }),
      status: 204,
    }),
    scenario({
      name: 'junk is none',
      given: (w) => w.person(),
      request: (person, w) => ({ ...restore, headers: as(person, w), json: { session_id: 'junk' } }),
      status: 204,
    }),
    scenario({
      name: 'an empty id is none, not the own one',
      given: (w) => w.person(),
      request: (person, w) => ({ ...restore, headers: as(person, w), json: { session_id: '' } }),
      status: 204,
    }),
    scenario({
      name: 'named twice',
      given: (w) => w.person(),
      request: (person, w) => ({
        ...restore,
        path: `${restore.path}?session_id=${person.sessionId}`,
        headers: as(person, w),
        json: { session_id: person.sessionId },
      }),
      code: 'INVALID_DATA',
    }),
    refused('nobody', { ...restore, json: {} }, 'NOT_SIGNED'),
  ]);
});

onEachStore('closing a session', (world) => {
  const ended =
    (who: (all: Everybody) => Person, reason: string) =>
    (all: Everybody): { session: string; reason: string }[] => [{ session: who(all).sessionId, reason }];
  run(world, [
    scenario({
      name: 'the owner closes another of theirs',
      given: everybody,
      request: ({ anna, second }, w) => ({ ...close(anna.id, second.sessionId), headers: w.byCookie(anna) }),
      body: ({ second }) => ({ id: second.sessionId, active: false, close_reason: 'closed' }),
      ends: ended(({ second }) => second, 'closed'),
      async afterwards({ anna, second, third }, answer, w) {
        assert.ok(Math.abs(Date.parse(String(answer.json.close_time)) - w.clock.now()) < 5000);
        await w.assertDead(second);
        await w.assertLive(anna);
        await w.assertLive(third);
      },
    }),
    scenario({
      name: 'by the credential in the place of the id',
      given: everybody,
      request: ({ anna, second }, w) => ({ ...close(anna.id, second.credential), headers: w.byHeader(anna) }),
      body: ({ second }) => ({ id: second.sessionId, active: false }),
      ends: ended(({ second }) => second, 'closed'),
    }),
    scenario({
      name: 'the owner closes the very one',
      given: everybody,
      request: ({ anna }, w) => ({ ...close(anna.id, anna.sessionId), headers: w.byHeader(anna) }),
      ends: ended(({ anna }) => anna, 'closed'),
      afterwards: ({ anna }, _answer, w) => w.assertDead(anna),
    }),
    scenario({
      name: 'an admin closes it',
      given: everybody,
      request: ({ anna, root }, w) => ({ ...close(anna.id, anna.sessionId), headers: w.byHeader(root) }),
      body: { close_reason: 'admin' },
      ends: ended(({ anna }) => anna, 'admin'),
      afterwards: ({ anna }, _answer, w) => w.assertDead(anna),
    }),
    scenario({
      name: 'a second time: the same answer and no second event',
      given: async (w) => {
        const all = await everybody(w);
        await w.call({ ...close(all.anna.id, all.second.sessionId), headers: w.byHeader(all.root) });
        return all;
      },
      request: ({ anna, second }, w) => ({ ...close(anna.id, second.sessionId), headers: w.byHeader(anna) }),
      body: { active: false, close_reason: 'admin' },
    }),
    scenario({
      name: "another account's session under one's own path",
      given: everybody,
      request: ({ anna, ben }, w) => ({ ...close(ben.id, anna.sessionId), headers: w.byHeader(ben) }),
      code: 'NOT_FOUND',
      afterwards: ({ anna }, _answer, w) => w.assertLive(anna),
    }),
    scenario({
      name: "another account's session under an admin's path",
      given: everybody,
      request: ({ anna, root }, w) => ({ ...close(root.id, anna.sessionId), headers: w.byHeader(root) }),
      code: 'NOT_FOUND',
      afterwards: ({ anna }, _answer, w) => w.assertLive(anna),
    }),
    scenario({
      name: "under another account's path",
      given: everybody,
      request: ({ anna, ben }, w) => ({ ...close(anna.id, anna.sessionId), headers: w.byHeader(ben) }),
      code: 'NOT_OWNER',
      afterwards: ({ anna }, _answer, w) => w.assertLive(anna),
    }),
    ...[unknownId, 'junk', `${unknownId}.${'A'.repeat(43)}`, '..%2f..', '%00', 'a'.repeat(2000)].map((id) =>
      scenario({
        name: `the unknown session ${id.slice(0, 30)}`,
        given: (w) => w.person(),
        request: (person, w) => ({ ...close(person.id, id), headers: w.byHeader(person) }),
        code: 'NOT_FOUND',
      }),
    ),
    refused('nobody', close(nobody, unknownId), 'NOT_SIGNED'),
  ]);
});

onEachStore('closing all sessions of an account', (world) => {
  run(world, [
    scenario({
      name: 'the owner, with the very one',
      given: everybody,
      request: ({ anna }, w) => ({ ...clear(anna.id), headers: w.byHeader(anna) }),
      body: { closed: 3 },
      ends: ({ anna, second, third }) =>
        [anna, second, third].map(({ sessionId }) => ({ session: sessionId, reason: 'cleared' })),
      async afterwards({ anna, ben, root }, _answer, w) {
        await w.assertDead(anna);
        await w.assertLive(ben);
        await w.assertLive(root);
      },
    }),
    scenario({
      name: 'all others',
      given: everybody,
      request: ({ second, anna }, w) => ({
        ...clear(anna.id, '?except=current'),
        headers: w.byCookie(second),
      }),
      body: { closed: 2 },
      ends: ({ anna, third }) =>
        [anna, third].map(({ sessionId }) => ({ session: sessionId, reason: 'cleared' })),
      afterwards: ({ second }, _answer, w) => w.assertLive(second),
    }),
    scenario({
      name: 'an admin',
      given: everybody,
      request: ({ anna, root }, w) => ({ ...clear(anna.id, '?except=current'), headers: w.byHeader(root) }),
      body: { closed: 3 },
      ends: ({ anna, second, third }) =>
        [anna, second, third].map(({ sessionId }) => ({ session: sessionId, reason: 'admin' })),
    }),
    scenario({
      name: 'of nobody',
      given: everybody,
      request: ({ root }, w) => ({ ...clear(nobody), headers: w.byHeader(root) }),
      body: { closed: 0 },
    }),
    scenario({
      name: 'of somebody else',
      given: everybody,
      request: ({ anna, ben }, w) => ({ ...clear(anna.id), headers: w.byHeader(ben) }),
      code: 'NOT_OWNER',
      afterwards: ({ anna }, _answer, w) => w.assertLive(anna),
    }),
    ...['?except=all', '?except=', '?except=current&except=current', '?scope=all', '?user_id=1'].map(
      (query) =>
        scenario({
          name: `with ${query}`,
          given: (w) => w.person(),
          request: (person, w) => ({ ...clear(person.id, query), headers: w.byHeader(person) }),
          code: 'INVALID_DATA',
          afterwards: (person, _answer, w) => w.assertLive(person),
        }),
    ),
    scenario({
      name: 'with the parameter in a body',
      given: (w) => w.person(),
      request: (person, w) => ({
        ...clear(person.id),
        headers: w.byHeader(person),
        json: { except: 'current' },
      }),
      code: 'INVALID_DATA',
      afterwards: (person, _answer, w) => w.assertLive(person),
    }),
    ...['me', 'current', '0', '-1', '1e3', '01', '9007199254740993', '%31', '..', 'A', '%00'].map((id) =>
      scenario({
        name: `of the account ${id}`,
        given: (w) => w.person(),
        request: (person, w) => ({ ...clear(id), headers: w.byHeader(person) }),
        code: id === '%31' ? 'NOT_OWNER' : 'NOT_FOUND',
        afterwards: (person, _answer, w) => w.assertLive(person),
      }),
    ),
    refused('nobody', clear(nobody), 'NOT_SIGNED'),
  ]);
});
