import { setAccountActive } from '../../../src/identity/accounts/set-account-active.ts';
import { authenticate, logout, two } from '../../support/auth.ts';
import { run, scenario } from '../../support/scenario.ts';
import { onEachStore, type Proof, type World } from '../../support/world.ts';

const minute = 60_000;

onEachStore(
  'Authenticate',
  (world) => {
    run(world, [
      scenario({
        name: 'token and cookie of one session',
        given: two,
        request: ({ proof }, w) => ({ ...authenticate, headers: w.byProof(proof) }),
        body: ({ anna, proof }) => ({ userId: Number(anna.id), sessionId: proof.sessionId }),
      }),
      scenario({
        name: 'the scheme in another case',
        given: two,
        request: ({ proof }, w) => ({
          ...authenticate,
          headers: { ...w.byProof(proof), authorization: `bearer ${proof.token}` },
        }),
      }),
      ...Object.entries<(p: Proof, o: Proof, w: World) => Record<string, string>>({
        nothing: () => ({}),
        'the token alone': ({ token }) => ({ authorization: `Bearer ${token}` }),
        'the cookie alone': (p, _o, w) => w.byCookie(p),
        "somebody else's token": (p, o, w) => w.byProof({ ...p, token: o.token }),
        "somebody else's cookie": (p, o, w) => w.byProof({ ...p, credential: o.credential }),
        'the public id as cookie': (p, _o, w) => w.byProof({ ...p, credential: p.sessionId }),
        'an empty cookie': (p, _o, w) => w.byProof({ ...p, credential: '' }),
        'an empty token': (p, _o, w) => w.byProof({ ...p, token: '' }),
        'the credential as token': (p, _o, w) => w.byProof({ ...p, token: p.credential }),
        'the token as cookie': (p, _o, w) => w.byProof({ ...p, credential: p.token }),
        'a token cut short': (p, _o, w) => w.byProof({ ...p, token: p.token.slice(0, -1) }),
        'a token with more': (p, _o, w) => w.byProof({ ...p, token: `${p.token}A` }),
        'a padded token': (p, _o, w) => w.byProof({ ...p, token: `${p.token}==` }),
        'a long token': (p, _o, w) => w.byProof({ ...p, token: 'a'.repeat(8000) }),
        'Bearer twice': (p, _o, w) => w.byProof({ ...p, token: `Bearer ${p.token}` }),
        'two spaces': (p, _o, w) => w.byProof({ ...p, token: ` ${p.token}` }),
        'a tab': (p, _o, w) => w.byProof({ ...p, token: `\t${p.token}` }),
        'a list': (p, _o, w) => w.byProof({ ...p, token: `${p.token}, ${p.token}` }),
        'no scheme': (p, _o, w) => ({ ...w.byProof(p), authorization: p.token }),
      }).map(([name, headers]) =>
        scenario({
          name,
          given: two,
          request: ({ proof, other }, w) => ({ ...authenticate, headers: headers(proof, other, w) }),
          code: 'INVALID_CREDENTIALS',
          afterwards: ({ proof }, _answer, w) => w.assertLive(proof),
        }),
      ),
      scenario({
        name: 'a token that has expired',
        given: two,
        request({ proof }, w) {
          w.clock.move(6 * minute);
          return { ...authenticate, headers: w.byProof(proof) };
        },
        code: 'INVALID_CREDENTIALS',
      }),
      scenario({
        name: 'a session that was closed',
        given: async (w) => {
          const given = await two(w);
          await w.call({ ...logout, headers: w.byProof(given.proof) });
          return given;
        },
        request: ({ proof }, w) => ({ ...authenticate, headers: w.byProof(proof) }),
        code: 'INVALID_CREDENTIALS',
      }),
      scenario({
        name: 'an account that was disabled',
        given: async (w) => {
          const given = await two(w);
          await setAccountActive(w.app.context, { accountId: given.anna.id, active: false });
          return given;
        },
        request: ({ proof }, w) => ({ ...authenticate, headers: w.byProof(proof) }),
        code: 'INVALID_CREDENTIALS',
      }),
    ]);
  },
  { engines: ['sqlite'] },
);
