import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Request } from '../../support/client.ts';
import { signInWith as signIn } from '../../support/passwords.ts';
import { run, scenario } from '../../support/scenario.ts';
import {
  assertProblem,
  newAddress,
  newLogin,
  newPassword,
  onEachStore,
  type World,
} from '../../support/world.ts';

const give = (id: string): Request => ({ method: 'POST', path: `/api/v1/passwords/${id}/temp` });

const change = (id: string, old_password: string, new_password: string): Request => ({
  method: 'POST',
  path: `/api/v1/passwords/${id}/change`,
  json: { old_password, new_password },
});

async function people(w: World) {
  const email = newAddress();
  const anna = { ...(await w.person({ login: newLogin(), email })), email };
  return { anna, root: await w.admin() };
}

/** Anna was given a one-time password. */
async function given(w: World) {
  const { anna, root } = await people(w);
  assert.equal((await w.call({ ...give(anna.id), headers: w.byHeader(root) })).status, 204);
  const mail = (await w.mailsTo(anna.email)).find(({ kind }) => kind === 'temp-password');
  return { anna, root, temp: mail!.values.code! };
}

/** Anna has signed in with it. */
async function restricted(w: World) {
  const { temp, anna, root } = await given(w);
  const answer = await w.call(signIn(anna.login, temp));
  assert.equal(answer.status, 200, answer.text);
  const credential = String(answer.json.id);
  return { temp, anna, root, session: { credential, sessionId: credential.split('.')[0]! } };
}

onEachStore('a one-time password', (world) => {
  run(world, [
    scenario({
      name: 'is mailed, and is in no answer',
      given: people,
      request: ({ anna, root }, w) => ({ ...give(anna.id), headers: w.byHeader(root) }),
      status: 204,
      async afterwards({ anna }, _answer, w) {
        const mail = (await w.mailsTo(anna.email)).at(-1)!;
        assert.equal(mail.kind, 'temp-password');
        assert.match(mail.values.code!, /^[2-9A-HJ-NP-Z]{24}$/);
        await w.assertLive(anna);
      },
    }),
    scenario({
      name: 'is given by admins alone',
      given: people,
      request: ({ anna }, w) => ({ ...give(anna.id), headers: w.byHeader(anna) }),
      code: 'NOT_IN_ROLE',
    }),
    scenario({
      name: 'takes an address',
      given: async (w) => ({ anna: await w.person(), root: await w.admin() }),
      request: ({ anna, root }, w) => ({ ...give(anna.id), headers: w.byHeader(root) }),
      code: 'CONFLICT',
    }),
    scenario({
      name: 'takes an account',
      given: (w) => w.admin(),
      request: (root, w) => ({ ...give('4503599627370497'), headers: w.byHeader(root) }),
      code: 'NOT_FOUND',
    }),
    scenario({
      name: 'signs in',
      given,
      request: ({ anna, temp }) => signIn(anna.login, temp),
      cookie: 'set',
      body: { data: { restricted: 'change-password' } },
    }),
    scenario({
      name: 'signs in once',
      given: restricted,
      request: ({ anna, temp }) => signIn(anna.login, temp),
      code: 'WRONG_PASSWORD',
    }),
    scenario({
      name: 'leaves the own password as it is',
      given,
      request: ({ anna }) => signIn(anna.login, anna.password),
      cookie: 'set',
    }),
    scenario({
      name: 'expires after a day',
      given,
      request({ anna, temp }, w) {
        w.clock.move(24 * 3600_000);
        return signIn(anna.login, temp);
      },
      code: 'WRONG_PASSWORD',
    }),
    scenario({
      name: 'is not taken by the auth interface',
      given,
      request: ({ anna, temp }) => ({
        method: 'POST',
        path: '/auth/login',
        json: { username: anna.login, password: temp },
      }),
      code: 'INVALID_CREDENTIALS',
      async afterwards({ anna, temp }, _answer, w) {
        assert.equal((await w.call(signIn(anna.login, temp))).status, 200);
      },
    }),
    scenario({
      name: 'is replaced by a new password, and all sessions but a fresh one end',
      given: restricted,
      request: ({ anna, temp, session }, w) => ({
        ...change(anna.id, temp, 'the very newest password'),
        headers: w.byHeader(session),
      }),
      cookie: 'set',
      ends: ({ anna, session }) =>
        [anna, session].map(({ sessionId }) => ({ session: sessionId, reason: 'password-changed' })),
      async afterwards({ anna }, { json }, w) {
        await w.assertLive({ credential: String(json.id) });
        assert.equal((await w.call(signIn(anna.login, 'the very newest password'))).status, 200);
        assertProblem(await w.call(signIn(anna.login, anna.password)), 400, 'WRONG_PASSWORD');
      },
    }),
    scenario({
      name: 'in its session only it is the old password',
      given: restricted,
      request: ({ anna, session }, w) => ({
        ...change(anna.id, anna.password, newPassword()),
        headers: w.byHeader(session),
      }),
      code: 'WRONG_PASSWORD',
    }),
    scenario({
      name: 'in another session it is no old password',
      given: restricted,
      request: ({ anna, temp }, w) => ({
        ...change(anna.id, temp, newPassword()),
        headers: w.byHeader(anna),
      }),
      code: 'WRONG_PASSWORD',
    }),
    scenario({
      name: 'gets no token',
      given: restricted,
      request: ({ session }, w) => ({
        method: 'POST',
        path: '/auth/who-am-i',
        headers: w.byCookie(session),
      }),
      code: 'INVALID_CREDENTIALS',
    }),
    scenario({
      name: 'lets its session sign out',
      given: restricted,
      request: ({ session }, w) => ({
        method: 'POST',
        path: '/api/v1/signout',
        headers: w.byHeader(session),
      }),
      status: 204,
      cookie: 'cleared',
      ends: ({ session }) => [{ session: session.sessionId, reason: 'signout' }],
    }),
  ]);

  it('a newer one voids the older', async () => {
    const w = world();
    const { anna, root, temp } = await given(w);
    await w.call({ ...give(anna.id), headers: w.byHeader(root) });
    assertProblem(await w.call(signIn(anna.login, temp)), 400, 'WRONG_PASSWORD');
  });

  it('of many that sign in with it at once, one does', async () => {
    const w = world();
    const { anna, temp } = await given(w);
    const answers = await Promise.all(Array.from({ length: 10 }, () => w.call(signIn(anna.login, temp))));
    assert.equal(answers.filter(({ status }) => status === 200).length, 1);
  });

  it('its session is refused on every route that needs one, but for the change', async () => {
    const w = world();
    const { anna, session } = await restricted(w);
    const document = (await w.call({ method: 'GET', path: '/openapi.json' })).json as unknown as Document;
    const refused: string[] = [];
    for (const [path, operations] of Object.entries(document.paths)) {
      for (const [method, { description, operationId }] of Object.entries(operations)) {
        if (!path.startsWith('/api/') || description.endsWith('Access: anybody.')) continue;
        if (operationId === 'changePassword') continue;
        const answer = await w.call({
          method: method.toUpperCase(),
          path: path.replace(/\{(\w+)\}/g, (_, name) => (name === 'user_id' ? anna.id : '77')),
          headers: w.byHeader(session),
        });
        assertProblem(answer, 403, 'PASSWORD_CHANGE_REQUIRED');
        refused.push(operationId);
      }
    }
    assert.ok(refused.length >= 40, refused.join());
  });
});

interface Document {
  readonly paths: Record<string, Record<string, { description: string; operationId: string }>>;
}
