import assert from 'node:assert/strict';
import { setAccountActive } from '../../../src/identity/accounts/set-account-active.ts';
import { refused, run, scenario } from '../../support/scenario.ts';
import { closeSession as close, sessionPeople as everybody } from '../../support/sessions.ts';
import { onEachStore, type Person, type World } from '../../support/world.ts';

const restore = { method: 'POST', path: '/api/v1/sessions/restore' };

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
      name: 'by the credential in the query, with an empty body',
      given: everybody,
      request: ({ anna, second }, w) => ({
        ...restore,
        path: `${restore.path}?session_id=${second.credential}`,
        headers: as(anna, w),
        json: {},
      }),
      body: ({ second }) => ({ id: second.credential }),
    }),
    scenario({
      name: "somebody else's credential in the query is as good as none",
      given: everybody,
      request: ({ anna, ben }, w) => ({
        ...restore,
        path: `${restore.path}?session_id=${anna.credential}`,
        headers: as(ben, w),
      }),
      status: 204,
    }),
    ...(['sessionId', 'credential'] as const).map((form) =>
      scenario({
        name: `the ${form} in the query alone signs nobody in`,
        given: everybody,
        request: ({ anna }) => ({ ...restore, path: `${restore.path}?session_id=${anna[form]}` }),
        code: 'NOT_SIGNED',
      }),
    ),
    scenario({
      name: 'an empty id in the query is none, not the own one',
      given: (w) => w.person(),
      request: (person, w) => ({ ...restore, path: `${restore.path}?session_id=`, headers: as(person, w) }),
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
