import { ends, everybody, logout } from '../../support/auth.ts';
import { refused, run, scenario } from '../../support/scenario.ts';
import { onEachStore } from '../../support/world.ts';

onEachStore('Logout', (world) => {
  run(world, [
    scenario({
      name: 'closes the session and clears the cookie',
      given: everybody,
      request: ({ first }, w) => ({ ...logout, headers: w.byProof(first) }),
      status: 204,
      cookie: 'cleared',
      ends: ({ first }) => ends('signout', first),
      async afterwards({ first, second }, _answer, w) {
        await w.assertDead(first);
        await w.assertLive(second);
      },
    }),
    scenario({
      name: 'with another token',
      given: everybody,
      request: ({ first, other }, w) => ({ ...logout, headers: w.byProof({ ...first, token: other.token }) }),
      code: 'INVALID_CREDENTIALS',
      async afterwards({ first, other }, _answer, w) {
        await w.assertLive(first);
        await w.assertLive(other);
      },
    }),
    scenario({
      name: 'a second time',
      given: async (w) => {
        const all = await everybody(w);
        await w.call({ ...logout, headers: w.byProof(all.first) });
        return all;
      },
      request: ({ first }, w) => ({ ...logout, headers: w.byProof(first) }),
      code: 'INVALID_CREDENTIALS',
    }),
    refused('nobody', logout, 'INVALID_CREDENTIALS'),
  ]);
});
