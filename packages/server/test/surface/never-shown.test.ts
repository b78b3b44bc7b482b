import assert from 'node:assert/strict';
import { it } from 'node:test';
import { grantRoles } from '../../src/identity/roles/grant-roles.ts';
import type { Request } from '../support/client.ts';
import { follow } from '../support/feed.ts';
import { newPassword, onEachStore, signUpBody, type World } from '../support/world.ts';

/** What an admin, an owner, a service and a stranger can read or be told, as texts. */
async function everythingShown(w: World): Promise<string[]> {
  const anna = await w.person();
  const root = await w.admin();
  const key = await w.serviceKey();
  const closed = await w.again(anna);
  const proof = await w.login(anna);
  const rootProof = await w.login(root);
  const page = { 'sec-fetch-mode': 'cors', 'sec-fetch-site': 'same-origin' };
  const { login, password } = anna;
  const reader = await follow(w, key);
  await reader.next();
  const closing = await w.call({
    method: 'DELETE',
    path: `/api/v1/sessions/${anna.id}/${closed.credential}`,
    headers: w.byHeader(anna),
  });
  await grantRoles(w.app.context, { accountId: root.id, roles: ['reader'] });
  const streamed = await reader.next(({ event }) => event === 'entries');
  reader.close();

  const requests: Request[] = [
    ...[anna, root].flatMap((who) => [
      { method: 'GET', path: '/api/v1/sessions/current', headers: w.byHeader(who) },
      { method: 'GET', path: `/api/v1/sessions/${anna.id}`, headers: w.byCookie(who) },
      { method: 'DELETE', path: `/api/v1/sessions/${anna.id}/${closed.sessionId}`, headers: w.byHeader(who) },
    ]),
    { method: 'GET', path: '/api/v1/sessions?take=100', headers: w.byHeader(root) },
    { method: 'GET', path: '/auth/sessions', headers: w.byProof(proof) },
    { method: 'GET', path: '/auth/sessions', headers: w.byProof(rootProof) },
    { method: 'POST', path: '/auth/authenticate', headers: w.byProof(proof) },
    {
      method: 'GET',
      path: '/auth/revocations',
      headers: { authorization: `Bearer ${key}`, accept: 'application/json' },
    },
    { method: 'POST', path: '/api/v1/signin', headers: page, json: { login, password } },
    { method: 'POST', path: '/api/v1/signup', headers: page, json: signUpBody() },
    { method: 'POST', path: '/api/v1/sessions/restore', headers: { ...page, ...w.byCookie(anna) }, json: {} },
    // An admin is not given what opens somebody else's session.
    {
      method: 'POST',
      path: '/api/v1/sessions/restore',
      headers: w.byHeader(root),
      json: { session_id: anna.credential },
    },
    { method: 'GET', path: '/.well-known/jwks.json' },
    { method: 'GET', path: '/.well-known/latchkey' },
    // Errors, each with something secret where it does not belong.
    { method: 'GET', path: `/${anna.credential}` },
    { method: 'GET', path: `/%zz${anna.credential}` },
    { method: 'GET', path: `/api/v1/sessions/${anna.credential}${'a'.repeat(200)}` },
    { method: 'GET', path: `/api/v1/sessions/current?${anna.credential}=1`, headers: w.byHeader(anna) },
    { method: 'GET', path: `/api/v1/sessions/${anna.credential}`, headers: w.byHeader(anna) },
    { method: 'POST', path: '/api/v1/signin', json: { [anna.credential]: 1, login: [anna.credential] } },
    { method: 'POST', path: '/api/v1/signin', json: { login: anna.credential, password: newPassword() } },
    { method: 'POST', path: '/auth/login', json: { username: proof.token, password: anna.credential } },
    { method: 'POST', path: '/auth/authenticate', headers: w.byProof({ ...proof, token: anna.credential }) },
    { method: 'PUT', path: `/api/v1/signin?x=${proof.token}` },
    { method: 'GET', path: '/health/alive', headers: { 'x-request-id': anna.credential } },
    { method: 'GET', path: '/auth/revocations', headers: { authorization: `Bearer ${anna.credential}` } },
  ];
  const texts = [closing.text, JSON.stringify(streamed.data)];
  for (const request of requests) {
    const { text, headers } = await w.call(request);
    const { 'set-cookie': _, ...shown } = headers;
    texts.push(text, JSON.stringify(shown));
  }
  return texts;
}

onEachStore(
  'nothing that is shown',
  (world) => {
    it('opens anything, wherever it is put', async () => {
      const w = world();
      const texts = await everythingShown(w);
      const strings = new Set(texts.flatMap((text) => text.match(/[\w.~+/=-]{16,}/g) ?? []));
      assert.ok(strings.size > 20, `${strings.size} strings`);
      const proof = await w.login(await w.person());
      const current = { method: 'GET', path: '/api/v1/sessions/current' };
      const whoAmI = { method: 'POST', path: '/auth/who-am-i' };
      const authenticate = { method: 'POST', path: '/auth/authenticate' };
      for (const text of strings) {
        const tries: readonly [Request, number][] = [
          [{ ...current, headers: { 'x-session-id': text } }, 440],
          [{ ...current, headers: w.byCookie({ credential: text }) }, 440],
          [{ ...current, headers: { authorization: `Bearer ${text}` } }, 440],
          [{ ...whoAmI, headers: w.byCookie({ credential: text }) }, 401],
          [{ ...authenticate, headers: w.byProof({ ...proof, token: text }) }, 401],
          [{ ...authenticate, headers: w.byProof({ ...proof, credential: text }) }, 401],
          [{ method: 'GET', path: '/auth/revocations', headers: { authorization: `Bearer ${text}` } }, 401],
        ];
        const answers = await Promise.all(tries.map(([request]) => w.call(request)));
        for (const [i, { status }] of answers.entries()) {
          assert.equal(status, tries[i]![1], `${text} at ${i}`);
        }
      }
    });

    it('is what was sent in a wrong place', async () => {
      const w = world();
      const { credential, password, login } = await w.person();
      const sent = [credential, password];
      const answers = await Promise.all([
        w.call({ method: 'POST', path: '/api/v1/signin', json: { login, password: `${password}!` } }),
        w.call({ method: 'POST', path: '/api/v1/signin', json: { login, password, extra: credential } }),
        w.call({ method: 'POST', path: `/api/v1/signin?password=${encodeURIComponent(password)}` }),
        w.call({ method: 'POST', path: '/api/v1/signup', json: { ...signUpBody(), login, password } }),
        w.call({ method: 'GET', path: '/api/v1/sessions/current', headers: { cookie: `a=${credential}` } }),
      ]);
      for (const answer of answers) {
        const text = answer.text + JSON.stringify(answer.headers);
        for (const secret of sent)
          assert.ok(!text.includes(secret) && !text.includes(encodeURIComponent(secret)));
      }
    });
  },
  { engines: ['sqlite'] },
);
