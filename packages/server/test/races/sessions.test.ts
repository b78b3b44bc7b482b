import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setAccountActive } from '../../src/identity/accounts/set-account-active.ts';
import {
  endingsOf,
  newAddress,
  newLogin,
  newPassword,
  onEachStore,
  type Person,
  signUpBody,
  type World,
} from '../support/world.ts';

const many = <T>(count: number, make: (i: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, i) => make(i)));

/** Every session of the account, as it is stored. */
async function sessionsOf(w: World, { id }: Person) {
  const { data } = await w.app.context.read.sessions.list(
    { accountId: id },
    { skip: 0, take: 100, total: false },
  );
  return data.map(({ session }) => session);
}

/** Each closed session has exactly one event, each open one has none. */
async function assertOneEventEach(w: World, person: Person, head: number): Promise<void> {
  const ended = endingsOf(await w.entriesSince(head));
  for (const { id, closeReason } of await sessionsOf(w, person)) {
    const reasons = ended.filter(({ session }) => session === id).map(({ reason }) => reason);
    assert.deepEqual(reasons, closeReason === undefined ? [] : [closeReason]);
    const credential = w.app.context.credentials.sign(id);
    if (closeReason === undefined) await w.assertLive({ credential });
    else await w.assertDead({ credential });
  }
}

onEachStore('at the same time', (world) => {
  it('50 sign-ups with spellings of one login make one account', async () => {
    const w = world();
    const login = `É.${newLogin()}`;
    const spellings = [login, login.toLowerCase(), ` ${login}`, login.normalize('NFD'), login.toUpperCase()];
    const answers = await many(50, (i) => {
      const json = signUpBody({ login: spellings[i % spellings.length], email: newAddress() });
      return w.call({ method: 'POST', path: '/api/v1/signup', json });
    });
    const made = answers.filter(({ status }) => status === 200);
    assert.equal(made.length, 1);
    for (const { status, json } of answers) {
      if (status !== 200) assert.equal(json.code, 'LOGIN_ALREADY_USED');
    }
    const filter = { search: login };
    const page = await w.app.context.read.accounts.list(filter, { skip: 0, take: 10, total: true });
    assert.equal(page.total, 1);
    assert.equal(page.data[0]!.id, made[0]!.json.user_id);
  });

  it('20 closings of one session make one event, and all say that it is closed', async () => {
    const w = world();
    const anna = await w.person();
    const root = await w.admin();
    const proof = await w.login(root as Person);
    const head = await w.head();
    const ways = [
      () => ({
        method: 'DELETE',
        path: `/api/v1/sessions/${anna.id}/${anna.sessionId}`,
        headers: w.byHeader(root),
      }),
      () => ({ method: 'DELETE', path: `/auth/sessions/${anna.sessionId}`, headers: w.byProof(proof) }),
      () => ({ method: 'POST', path: '/api/v1/signout', headers: w.byHeader(anna) }),
      () => ({ method: 'DELETE', path: `/api/v1/sessions/${anna.id}`, headers: w.byHeader(root) }),
    ];
    const answers = await many(20, (i) => w.call(ways[i % 4]!()));
    for (const { status } of answers) assert.ok(status === 200 || status === 204);
    assert.equal(
      endingsOf(await w.entriesSince(head)).filter(({ session }) => session === anna.sessionId).length,
      1,
    );
    await w.assertDead(anna);
  });

  it('once a closing is answered no refresh succeeds, and no token of one in between proves anything', async () => {
    const w = world();
    for (let round = 0; round < 5; round++) {
      const anna = await w.person();
      const proof = await w.login(anna);
      const refresh = () => w.call({ method: 'POST', path: '/auth/who-am-i', headers: w.byCookie(proof) });
      const early = many(8, refresh);
      const closing = w.call({
        method: 'DELETE',
        path: `/api/v1/sessions/${anna.id}/${proof.sessionId}`,
        headers: w.byHeader(anna),
      });
      assert.equal((await closing).status, 200);
      for (const { json } of await many(4, refresh)) assert.equal(json.code, 'INVALID_CREDENTIALS');
      for (const { status, json } of await early) {
        if (status !== 200) continue;
        const token = String(json.token);
        const headers = w.byProof({ ...proof, token });
        const answer = await w.call({ method: 'POST', path: '/auth/authenticate', headers });
        assert.equal(answer.json.code, 'INVALID_CREDENTIALS');
      }
    }
  });

  it('clearing all and signing in: each session is closed with one event, or live', async () => {
    const w = world();
    const anna = await w.person();
    const head = await w.head();
    const { login: name, password } = anna;
    await many(24, async (i) => {
      if (i % 4 === 3) {
        const headers = w.byHeader(anna);
        const path = `/api/v1/sessions/${anna.id}?except=current`;
        return w.call({ method: 'DELETE', path, headers });
      }
      if (i % 4 === 2) {
        return w.call({ method: 'POST', path: '/auth/login', json: { username: name, password } });
      }
      return w.call({ method: 'POST', path: '/api/v1/signin', json: { login: name, password } });
    });
    await w.assertLive(anna);
    await assertOneEventEach(w, anna, head);
  });

  it('signing in and disabling: no session is open in the end', async () => {
    const w = world();
    for (let round = 0; round < 5; round++) {
      const anna = await w.person();
      const { login, password } = anna;
      const head = await w.head();
      const signIns = many(6, () =>
        w.call({ method: 'POST', path: '/api/v1/signin', json: { login, password } }),
      );
      await setAccountActive(w.app.context, { accountId: anna.id, active: false });
      for (const { status } of await signIns) assert.ok([200, 400, 440].includes(status), String(status));
      await assertAllClosed(w, anna);
      await assertOneEventEach(w, anna, head);
    }
  });

  it('changing the password and disabling: no session is open in the end', async () => {
    const w = world();
    for (let round = 0; round < 10; round++) {
      const anna = await w.person();
      const head = await w.head();
      const changing = changePassword(w, anna, newPassword());
      await new Promise((resolve) => setTimeout(resolve, round));
      await setAccountActive(w.app.context, { accountId: anna.id, active: false });
      await changing;
      await assertAllClosed(w, anna);
      await assertOneEventEach(w, anna, head);
    }
  });

  it('changing the password in a session that is closed meanwhile opens none', async () => {
    const w = world();
    const root = await w.admin();
    for (let round = 0; round < 10; round++) {
      const anna = await w.person();
      const changing = changePassword(w, anna, newPassword());
      await new Promise((resolve) => setTimeout(resolve, round));
      const clearing = await w.call({
        method: 'DELETE',
        path: `/api/v1/sessions/${anna.id}`,
        headers: w.byHeader(root),
      });
      assert.equal(clearing.status, 200);
      const { status, json } = await changing;
      if (status !== 200) assert.equal(json.code, 'SESSION_NOT_FOUND');
      // Either the change came first and its session was closed too, or it came too late.
      if ((await sessionsOf(w, anna)).some(({ closeTime }) => closeTime === undefined))
        assert.fail('one is open');
    }
  });

  it('two changes from one old password: one is done', async () => {
    const w = world();
    const anna = await w.person();
    const head = await w.head();
    const passwords = Array.from({ length: 6 }, newPassword);
    const answers = await Promise.all(passwords.map((password) => changePassword(w, anna, password)));
    const done = answers.map(({ status }, i) => ({ status, i })).filter(({ status }) => status === 200);
    assert.equal(done.length, 1);
    for (const { status } of answers) assert.ok([200, 400, 409, 440].includes(status), String(status));
    await w.again({ ...anna, password: passwords[done[0]!.i]! });
    await assertOneEventEach(w, anna, head);
  });

  it('failing requests show nothing of each other', async () => {
    const w = world();
    const answers = await many(40, (i) =>
      w.call({
        method: 'POST',
        path: '/api/v1/signup',
        headers: { 'x-request-id': `own-${i}`, 'x-correlation-id': `joined-${i}` },
        json: { [`field${i}`]: 1 },
      }),
    );
    answers.forEach(({ json, text }, i) => {
      assert.equal(json.request_id, `own-${i}`);
      assert.deepEqual([...new Set(text.match(/field\d+/g))], [`field${i}`]);
      assert.equal(json.correlation_id, `joined-${i}`);
    });
  });
});

function changePassword(w: World, { id, password, credential }: Person, newOne: string) {
  return w.call({
    method: 'POST',
    path: `/api/v1/passwords/${id}/change`,
    headers: w.byHeader({ credential }),
    json: { old_password: password, new_password: newOne },
  });
}

async function assertAllClosed(w: World, person: Person): Promise<void> {
  for (const { closeTime } of await sessionsOf(w, person)) assert.notEqual(closeTime, undefined);
}
