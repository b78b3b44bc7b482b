import assert from 'node:assert/strict';
import { createSecretKey, randomBytes } from 'node:crypto';
import { createCredentialSigner } from '../../../src/adapters/crypto/credentials.ts';
import { randomIds } from '../../../src/adapters/crypto/ids.ts';
import { run, scenario } from '../../support/scenario.ts';
import { onEachStore } from '../../support/world.ts';

/** A credential of the right form that another key has signed. */
const foreign = createCredentialSigner(createSecretKey(randomBytes(32))).sign(randomIds.sessionId());
const signOut = { method: 'POST', path: '/api/v1/signout' };

onEachStore('signing out', (world) => {
  run(world, [
    scenario({
      name: 'by cookie',
      given: (w) => w.person(),
      request: (person, w) => ({ ...signOut, headers: w.byCookie(person) }),
      status: 204,
      cookie: 'cleared',
      ends: ({ sessionId }) => [{ session: sessionId, reason: 'signout' }],
      afterwards: (person, _answer, w) => w.assertDead(person),
    }),
    scenario({
      name: 'by header',
      given: (w) => w.person(),
      request: (person, w) => ({ ...signOut, headers: w.byHeader(person) }),
      status: 204,
      cookie: 'cleared',
      ends: ({ sessionId }) => [{ session: sessionId, reason: 'signout' }],
      afterwards: (person, _answer, w) => w.assertDead(person),
    }),
    scenario({
      name: 'by token and cookie',
      given: async (w) => w.login(await w.person()),
      request: (proof, w) => ({ ...signOut, headers: w.byProof(proof) }),
      status: 204,
      cookie: 'cleared',
      ends: ({ sessionId }) => [{ session: sessionId, reason: 'signout' }],
    }),
    scenario({
      name: 'a token that is no good does not keep the session open',
      given: (w) => w.person(),
      request: (person, w) => ({
        ...signOut,
        headers: { ...w.byCookie(person), authorization: 'Bearer expired' },
      }),
      status: 204,
      cookie: 'cleared',
      ends: ({ sessionId }) => [{ session: sessionId, reason: 'signout' }],
      afterwards: (person, _answer, w) => w.assertDead(person),
    }),
    scenario({ name: 'without a session', request: signOut, status: 204, cookie: 'cleared' }),
    scenario({
      name: 'by several cookies and a header: ends each session that they prove',
      given: async (w) => [await w.person(), await w.person(), await w.person()] as const,
      request: ([anna, ben, carl], w) => ({
        ...signOut,
        headers: {
          'x-session-id': carl.credential,
          cookie: `${w.cookieName}=${anna.credential}; ${w.cookieName}=${ben.credential}; ${w.cookieName}=dead; ${w.cookieName}=${anna.credential}`,
        },
      }),
      status: 204,
      cookie: 'cleared',
      ends: (people) =>
        [people[2], people[0], people[1]].map(({ sessionId }) => ({ session: sessionId, reason: 'signout' })),
    }),
    scenario({
      name: 'by the cookie, with the public id in the header',
      given: (w) => w.person(),
      request: (person, w) => ({
        ...signOut,
        headers: { ...w.byCookie(person), 'x-session-id': person.sessionId },
      }),
      status: 204,
      cookie: 'cleared',
      ends: ({ sessionId }) => [{ session: sessionId, reason: 'signout' }],
    }),
    scenario({
      name: 'by public ids, which prove nothing',
      given: (w) => w.person(),
      request: ({ sessionId }, w) => ({
        ...signOut,
        headers: { 'x-session-id': sessionId, ...w.byCookie({ credential: sessionId }) },
      }),
      status: 204,
      afterwards: (person, _answer, w) => w.assertLive(person),
    }),
    ...(['', 'null', 'undefined'] as const).map((credential) =>
      scenario({
        name: `with a cookie that counts as none: ${JSON.stringify(credential)}`,
        request: (_given, w) => ({ ...signOut, headers: w.byCookie({ credential }) }),
        status: 204,
        cookie: 'cleared',
      }),
    ),
    ...(
      [
        ['of another program', 'abc123'],
        ['of a second instance', foreign],
      ] as const
    ).flatMap(([name, credential]) => [
      scenario({
        name: `with the cookie ${name}, which stays`,
        request: (_given, w) => ({ ...signOut, headers: w.byCookie({ credential }) }),
        status: 204,
      }),
      scenario({
        name: `by header, beside the cookie ${name}, which stays`,
        given: (w) => w.person(),
        request: (person, w) => ({
          ...signOut,
          headers: { ...w.byHeader(person), ...w.byCookie({ credential }) },
        }),
        status: 204,
        ends: ({ sessionId }) => [{ session: sessionId, reason: 'signout' }],
      }),
      scenario({
        name: `with a cookie of ours behind the one ${name}`,
        given: (w) => w.person(),
        request: (person, w) => ({
          ...signOut,
          headers: { cookie: `${w.cookieName}=${credential}; ${w.cookieName}=${person.credential}` },
        }),
        status: 204,
        cookie: 'cleared',
        ends: ({ sessionId }) => [{ session: sessionId, reason: 'signout' }],
      }),
    ]),
    scenario({
      name: 'a second time',
      given: async (w) => {
        const person = await w.person();
        await w.call({ ...signOut, headers: w.byCookie(person) });
        return person;
      },
      request: (person, w) => ({ ...signOut, headers: w.byCookie(person) }),
      status: 204,
      cookie: 'cleared',
    }),
    scenario({
      name: 'an empty JSON object is no body',
      given: (w) => w.person(),
      request: (person, w) => ({ ...signOut, headers: w.byCookie(person), json: {} }),
      status: 204,
      cookie: 'cleared',
      ends: ({ sessionId }) => [{ session: sessionId, reason: 'signout' }],
    }),
    scenario({
      name: 'a body with something in it is refused, and nothing ends',
      given: (w) => w.person(),
      request: (person, w) => ({
        ...signOut,
        headers: w.byCookie(person),
        json: { session_id: person.sessionId },
      }),
      code: 'INVALID_DATA',
      afterwards: (person, _answer, w) => w.assertLive(person),
    }),
    scenario({
      name: 'never by GET',
      given: (w) => w.person(),
      request: (person, w) => ({ method: 'GET', path: '/api/v1/signout', headers: w.byCookie(person) }),
      code: 'METHOD_NOT_ALLOWED',
      afterwards: (person, answer, w) => {
        assert.equal(answer.headers.allow, 'OPTIONS, POST');
        return w.assertLive(person);
      },
    }),
  ]);
});
