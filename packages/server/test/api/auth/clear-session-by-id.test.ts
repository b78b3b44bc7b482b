import { ends, everybody, logout } from '../../support/auth.ts';
import { refused, run, scenario } from '../../support/scenario.ts';
import { onEachStore } from '../../support/world.ts';

const clearOne = (id: string) => ({ method: 'DELETE', path: `/auth/sessions/${id}` });

onEachStore('ClearSessionById', (world) => {
  run(world, [
    scenario({
      name: 'another of their own',
      given: everybody,
      request: ({ first, second }, w) => ({ ...clearOne(second.sessionId), headers: w.byProof(first) }),
      status: 204,
      ends: ({ second }) => ends('closed', second),
      async afterwards({ first, second }, _answer, w) {
        await w.assertDead(second);
        await w.assertLive(first);
      },
    }),
    scenario({
      name: 'by its credential',
      given: everybody,
      request: ({ first, second }, w) => ({ ...clearOne(second.credential), headers: w.byProof(first) }),
      status: 204,
      ends: ({ second }) => ends('closed', second),
    }),
    scenario({
      name: 'the very one',
      given: everybody,
      request: ({ first }, w) => ({ ...clearOne(first.sessionId), headers: w.byProof(first) }),
      status: 204,
      ends: ({ first }) => ends('closed', first),
      afterwards: ({ first }, _answer, w) => w.assertDead(first),
    }),
    scenario({
      name: "somebody else's",
      given: everybody,
      request: ({ first, other }, w) => ({ ...clearOne(other.sessionId), headers: w.byProof(first) }),
      code: 'NO_PERMISSIONS',
      afterwards: ({ other }, _answer, w) => w.assertLive(other),
    }),
    scenario({
      name: "somebody else's, by its credential",
      given: everybody,
      request: ({ first, other }, w) => ({ ...clearOne(other.credential), headers: w.byProof(first) }),
      code: 'NO_PERMISSIONS',
      afterwards: ({ other }, _answer, w) => w.assertLive(other),
    }),
    scenario({
      name: 'any, for an admin',
      given: everybody,
      request: ({ other, root }, w) => ({ ...clearOne(other.sessionId), headers: w.byProof(root) }),
      status: 204,
      ends: ({ other }) => ends('admin', other),
    }),
    scenario({
      name: 'one that was closed: nothing more happens',
      given: async (w) => {
        const all = await everybody(w);
        await w.call({ ...logout, headers: w.byProof(all.second) });
        return all;
      },
      request: ({ first, second }, w) => ({ ...clearOne(second.sessionId), headers: w.byProof(first) }),
      status: 204,
    }),
    ...['AAAAAAAAAAAAAAAAAAAAAA', 'junk', '%00', '..%2f'].map((id) =>
      scenario({
        name: `the unknown one ${id}`,
        given: everybody,
        request: ({ first }, w) => ({ ...clearOne(id), headers: w.byProof(first) }),
        code: 'NOT_FOUND',
      }),
    ),
    scenario({
      name: 'with the cookie alone',
      given: everybody,
      request: ({ first, second }, w) => ({ ...clearOne(second.sessionId), headers: w.byCookie(first) }),
      code: 'INVALID_CREDENTIALS',
      afterwards: ({ second }, _answer, w) => w.assertLive(second),
    }),
    scenario({
      name: "with an admin's token and their own cookie",
      given: everybody,
      request: ({ first, other, root }, w) => ({
        ...clearOne(other.sessionId),
        headers: w.byProof({ ...first, token: root.token }),
      }),
      code: 'INVALID_CREDENTIALS',
      afterwards: ({ other }, _answer, w) => w.assertLive(other),
    }),
    scenario({
      name: 'with an expired token',
      given: everybody,
      request({ first, second }, w) {
        w.clock.move(400_000);
        return { ...clearOne(second.sessionId), headers: w.byProof(first) };
      },
      code: 'INVALID_CREDENTIALS',
    }),
    refused('nobody', clearOne('AAAAAAAAAAAAAAAAAAAAAA'), 'INVALID_CREDENTIALS'),
  ]);
});
