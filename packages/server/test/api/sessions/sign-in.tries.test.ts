import assert from 'node:assert/strict';
import { it } from 'node:test';
import { noTries } from '../../../src/identity/passwords/tries.ts';
import type { Answer } from '../../support/client.ts';
import { assertProblem, newPassword, onEachStore, type Person, type World } from '../../support/world.ts';

const signIn = (w: World, login: string, password: string) =>
  w.call({
    method: 'POST',
    path: '/api/v1/signin',
    headers: { 'x-request-id': 'same' },
    json: { login, password },
  });
const login = (w: World, username: string, password: string) =>
  w.call({
    method: 'POST',
    path: '/auth/login',
    headers: { 'x-request-id': 'same' },
    json: { username, password },
  });
const verify = (w: World, person: Person, password: string) =>
  w.call({
    method: 'POST',
    path: '/api/v1/passwords/verify',
    headers: w.byHeader(person),
    json: { password },
  });
const change = (w: World, person: Person, password: string) =>
  w.call({
    method: 'POST',
    path: `/api/v1/passwords/${person.id}/change`,
    headers: w.byHeader(person),
    json: { old_password: password, new_password: newPassword() },
  });
const triesOf = async (w: World, { id }: Person) => (await w.app.context.read.passwords.find(id))!.tries;

function assertHeld(answer: Answer, seconds: number): void {
  assertProblem(answer, 429, 'TOO_MANY_REQUESTS');
  assert.equal(answer.headers['retry-after'], String(seconds));
}

/** So many wrong ones in a row, each after its wait. */
async function fail(w: World, person: Person, times: number): Promise<void> {
  for (let i = 0; i < times; i++) {
    const { waitUntil } = await triesOf(w, person);
    if (waitUntil > w.clock.now()) w.clock.move(waitUntil - w.clock.now());
    assertProblem(await signIn(w, person.login, newPassword()), 400, 'WRONG_PASSWORD');
  }
}

onEachStore(
  'wrong passwords in a row',
  (world) => {
    it('are slowed down from the fifth on, by a wait that doubles up to a quarter of an hour', async () => {
      const w = world();
      const anna = await w.person();
      await fail(w, anna, 4);
      for (const wait of [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]) {
        await fail(w, anna, 1);
        assertHeld(await signIn(w, anna.login, anna.password), wait);
        assertHeld(await signIn(w, anna.login, newPassword()), wait);
        w.clock.move(wait * 1000 - 1);
        assertHeld(await signIn(w, anna.login, anna.password), 1);
      }
      assert.equal((await triesOf(w, anna)).failures, 17);
      w.clock.move(1);
      await w.again(anna);
      assert.deepEqual(await triesOf(w, anna), noTries);
      await fail(w, anna, 4);
      await w.again(anna);
      await w.assertLive(anna);
    });

    it('are counted on every way, by whatever spelling, and hold up every way', async () => {
      const w = world();
      const anna = await w.person();
      const wrong = newPassword();
      assertProblem(await signIn(w, ` ${anna.login.toUpperCase()}`, wrong), 400, 'WRONG_PASSWORD');
      assertProblem(await signIn(w, anna.id, ''), 400, 'WRONG_PASSWORD');
      assertProblem(await login(w, anna.login, wrong), 401, 'INVALID_CREDENTIALS');
      assertProblem(await verify(w, anna, 'x'.repeat(2000)), 400, 'WRONG_PASSWORD');
      assertProblem(await change(w, anna, wrong), 400, 'WRONG_PASSWORD');
      assert.equal((await triesOf(w, anna)).failures, 5);
      assertHeld(await signIn(w, anna.login, anna.password), 1);
      assertHeld(await signIn(w, anna.id, anna.password), 1);
      assertHeld(await verify(w, anna, anna.password), 1);
      assertHeld(await change(w, anna, anna.password), 1);
      await w.assertLive(anna);
      w.clock.move(1000);
      assert.equal((await verify(w, anna, anna.password)).status, 204);
      assert.deepEqual(await triesOf(w, anna), noTries);
      await fail(w, anna, 4);
      assert.equal((await change(w, anna, anna.password)).status, 200);
      assert.deepEqual(await triesOf(w, anna), noTries);
    });

    it('look at the auth interface like any other failure, to the byte', async () => {
      const w = world();
      const anna = await w.person();
      await fail(w, anna, 5);
      const held = [await login(w, anna.login, anna.password), await login(w, anna.id, newPassword())];
      const texts = [...held, await login(w, 'nobody-at-all', anna.password)].map(({ text }) => text);
      assert.equal(new Set(texts).size, 1);
      for (const answer of held) {
        assertProblem(answer, 401, 'INVALID_CREDENTIALS');
        assert.equal(answer.headers['retry-after'], undefined);
        assert.deepEqual(answer.cookies, []);
      }
      assert.equal((await triesOf(w, anna)).failures, 5, 'what is not looked at is not counted');
      w.clock.move(1000);
      await w.login(anna);
    });

    it('lock the password at the hundredth, until an admin unlocks it', async () => {
      const w = world();
      const anna = await w.person();
      const root = await w.admin();
      await fail(w, anna, 99);
      w.clock.move(900_000);
      // Sessions live on: whoever tries does not sign anybody out.
      const own = await w.again(anna);
      assert.deepEqual(await triesOf(w, anna), noTries);
      await fail(w, anna, 100);
      const lockTime = w.clock.now();
      assert.equal((await triesOf(w, anna)).lockTime, lockTime);
      for (const later of [0, 900_000, 3_600_000]) {
        w.clock.move(later);
        assertHeld(await signIn(w, anna.login, anna.password), 900);
        assertProblem(await login(w, anna.login, anna.password), 401, 'INVALID_CREDENTIALS');
      }
      assertHeld(await verify(w, own, anna.password), 900);
      const info = { method: 'GET', path: `/api/v1/passwords/${anna.id}` };
      const told = await w.call({ ...info, headers: w.byHeader(own) });
      assert.partialDeepStrictEqual(told.json, {
        id: anna.id,
        locked: true,
        lock_time: new Date(lockTime).toISOString(),
      });
      const unlock = { method: 'POST', path: `/api/v1/passwords/${anna.id}/unlock` };
      assertProblem(await w.call({ ...unlock, headers: w.byHeader(own) }), 403, 'NOT_IN_ROLE');
      const fresh = await w.again(root);
      assert.equal((await w.call({ ...unlock, headers: w.byHeader(fresh) })).status, 204);
      await w.again(anna);
      const free = await w.call({ ...info, headers: w.byHeader(fresh) });
      assert.deepEqual(Object.keys(free.json).sort(), ['change_time', 'id', 'locked']);
      assert.equal(free.json.locked, false);
    });

    it('side by side are looked at as often as one after the other', async () => {
      const w = world();
      for (const right of [false, true]) {
        const anna = await w.person();
        await fail(w, anna, 3);
        const answers = await Promise.all(
          Array.from({ length: 50 }, (_, i) => {
            // The right one comes late in the crowd.
            const password = right && i === 40 ? anna.password : newPassword();
            return i % 3 === 0 ? verify(w, anna, password) : signIn(w, anna.login, password);
          }),
        );
        const told = answers.filter(({ status }) => status !== 429);
        const held = answers.filter(({ status }) => status === 429);
        for (const answer of held) assertProblem(answer, 429, 'TOO_MANY_REQUESTS');
        if (right && answers[40]!.status === 200) continue;
        assert.equal(told.length, 2);
        assert.deepEqual(await triesOf(w, anna), { failures: 5, waitUntil: w.clock.now() + 1000 });
      }
    });

    it('right ones side by side hold nobody up', async () => {
      const w = world();
      const anna = await w.person();
      await fail(w, anna, 4);
      const answers = await Promise.all(
        Array.from({ length: 30 }, () => signIn(w, anna.login, anna.password)),
      );
      for (const { status } of answers) assert.equal(status, 200);
      assert.deepEqual(await triesOf(w, anna), noTries);
    });

    it('of others, and of nobody, are no matter', async () => {
      const w = world();
      const [anna, ben] = [await w.person(), await w.person()];
      await fail(w, ben, 5);
      for (let i = 0; i < 8; i++) {
        assertProblem(await signIn(w, 'nobody-at-all', newPassword()), 400, 'WRONG_LOGIN');
      }
      assert.deepEqual(await triesOf(w, anna), noTries);
      await w.again(anna);
    });
  },
  { frozen: true },
);

onEachStore(
  'wrong passwords where accounts are hidden',
  (world) => {
    it('hold up without a word', async () => {
      const w = world();
      const anna = await w.person();
      const texts = new Set<string>();
      for (let i = 0; i < 8; i++) {
        const answer = await signIn(w, anna.login, newPassword());
        assertProblem(answer, 400, 'WRONG_PASSWORD');
        texts.add(answer.text);
      }
      const held = await signIn(w, anna.login, anna.password);
      assertProblem(held, 400, 'WRONG_PASSWORD');
      assert.equal(held.headers['retry-after'], undefined);
      texts.add(held.text).add((await signIn(w, 'nobody-at-all', anna.password)).text);
      assert.equal(texts.size, 1);
      assert.equal((await triesOf(w, anna)).failures, 5);
      w.clock.move(1000);
      await w.again(anna);
    });
  },
  { frozen: true, env: { LATCHKEY_HIDE_ACCOUNTS: 'true' } },
);
