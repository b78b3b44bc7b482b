import assert from 'node:assert/strict';
import { it } from 'node:test';
import { noTries } from '../../../src/identity/passwords/tries.ts';
import { assertHeld, change, fail, login, signIn, triesOf, verify } from '../../support/tries.ts';
import { assertProblem, newPassword, onEachStore } from '../../support/world.ts';

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
