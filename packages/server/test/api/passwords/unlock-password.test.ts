import assert from 'node:assert/strict';
import { it } from 'node:test';
import { noTries } from '../../../src/identity/passwords/tries.ts';
import { run, scenario } from '../../support/scenario.ts';
import { assertHeld, fail, login, signIn, triesOf, verify } from '../../support/tries.ts';
import { assertProblem, onEachStore, type World } from '../../support/world.ts';

onEachStore('a locked password', (world) => {
  const unlock = (id: string) => ({ method: 'POST', path: `/api/v1/passwords/${id}/unlock` });
  const three = async (w: World) => ({
    anna: await w.person(),
    ben: await w.person(),
    root: await w.admin(),
  });

  run(world, [
    ...(['anna', 'ben'] as const).map((who) =>
      scenario({
        name: `unlocking is not for ${who === 'anna' ? 'the owner' : 'others'}`,
        given: three,
        request: (given, w) => ({ ...unlock(given.anna.id), headers: w.byHeader(given[who]) }),
        code: 'NOT_IN_ROLE',
      }),
    ),
    scenario({
      name: 'unlocking is not for nobody',
      given: three,
      request: ({ anna }) => unlock(anna.id),
      code: 'NOT_SIGNED',
    }),
    ...['4503599627370497', 'me'].map((id) =>
      scenario({
        name: `unlocking ${id} finds nobody`,
        given: three,
        request: ({ root }, w) => ({ ...unlock(id), headers: w.byHeader(root) }),
        code: 'NOT_FOUND',
      }),
    ),
  ]);
});

onEachStore(
  'wrong passwords in a row',
  (world) => {
    it('lock the password at the hundredth, until an admin unlocks it', async () => {
      const w = world();
      const anna = await w.person();
      const root = await w.admin();
      await fail(w, anna, 99);
      w.clock.move(900_000);
      // Sessions live on: wrong tries sign nobody out.
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
  },
  { frozen: true },
);
