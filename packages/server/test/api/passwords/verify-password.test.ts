import assert from 'node:assert/strict';
import { run, scenario } from '../../support/scenario.ts';
import { newPassword, onEachStore } from '../../support/world.ts';

const verify = (password: unknown) => ({
  method: 'POST',
  path: '/api/v1/passwords/verify',
  json: { password },
});

onEachStore('proving presence', (world) => {
  run(world, [
    scenario({
      name: 'moves the time of the proof, and tokens tell it',
      given: async (w) => {
        const person = await w.person();
        return { person, proof: await w.login(person) };
      },
      request({ person, proof }, w) {
        w.clock.move(200_000);
        return { ...verify(person.password), headers: w.byCookie(proof) };
      },
      status: 204,
      refreshes: ({ proof }) => [{ session: proof.sessionId, reason: 'presence-proven' }],
      async afterwards({ person, proof }, _answer, w) {
        // The server goes by the session itself, so the token is still good here.
        const old = await w.call({ method: 'POST', path: '/auth/authenticate', headers: w.byProof(proof) });
        assert.equal(old.status, 200);
        const session = (await w.session(proof.sessionId))!;
        assert.ok(session.authTime - session.openTime >= 200_000);
        const other = (await w.session(person.sessionId))!;
        assert.equal(other.authTime, other.openTime, 'of this session alone');
        const { json } = await w.call({ method: 'POST', path: '/auth/who-am-i', headers: w.byCookie(proof) });
        const payload = Buffer.from(String(json.token).split('.')[1]!, 'base64url').toString();
        assert.equal(JSON.parse(payload).auth_time, Math.floor(session.authTime / 1000));
      },
    }),
    scenario({
      name: 'with a wrong password proves nothing',
      given: (w) => w.person(),
      request(person, w) {
        w.clock.move(600_000);
        return { ...verify(newPassword()), headers: w.byHeader(person) };
      },
      code: 'WRONG_PASSWORD',
      async afterwards({ sessionId }, _answer, w) {
        const { authTime, openTime } = (await w.session(sessionId))!;
        assert.equal(authTime, openTime);
      },
    }),
    scenario({ name: 'needs a session', request: verify('x'), code: 'NOT_SIGNED' }),
  ]);
});
