import assert from 'node:assert/strict';
import { setAccountActive } from '../../../src/identity/accounts/set-account-active.ts';
import { revokeRoles } from '../../../src/identity/roles/revoke-roles.ts';
import { refused, run, scenario } from '../../support/scenario.ts';
import { onEachStore, type Person, type World } from '../../support/world.ts';

const current = { method: 'GET', path: '/api/v1/sessions/current' };
const restore = { method: 'POST', path: '/api/v1/sessions/restore' };
const close = (userId: string, sessionId: string) => ({
  method: 'DELETE',
  path: `/api/v1/sessions/${userId}/${sessionId}`,
});

/** Anna with two more sessions, Ben, and an admin. */
async function everybody(w: World) {
  const anna = await w.person();
  const second = await w.again(anna);
  const third = await w.again(anna);
  return { anna, second, third, ben: await w.person(), root: await w.admin() };
}

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
