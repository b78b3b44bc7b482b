import { grantRoles } from '../../src/identity/roles/grant-roles.ts';
import type { Request } from '../support/client.ts';
import { run, scenario } from '../support/scenario.ts';
import { onEachStore, type World } from '../support/world.ts';

const current = (headers: Request['headers'] = {}) => ({
  method: 'GET',
  path: '/api/v1/sessions/current',
  headers,
});
const validate = (headers: Request['headers'] = {}) => ({
  method: 'GET',
  path: '/api/v1/signup/validate?login=free',
  headers,
});

onEachStore(
  'a token beside the credential',
  (world) => {
    const withToken = async (w: World) => {
      const person = await w.person();
      return { person, proof: await w.login(person), other: await w.login(await w.person()) };
    };
    run(world, [
      scenario({
        name: 'of the same session, by cookie',
        given: withToken,
        request: ({ proof }, w) => current(w.byProof(proof)),
        body: ({ proof }) => ({ id: proof.sessionId }),
      }),
      scenario({
        name: 'of the same session, by header',
        given: withToken,
        request: ({ proof }, w) => current({ ...w.byHeader(proof), authorization: `Bearer ${proof.token}` }),
        body: ({ proof }) => ({ id: proof.sessionId }),
      }),
      scenario({
        name: 'alone it proves nothing',
        given: withToken,
        request: ({ proof }) => current({ authorization: `Bearer ${proof.token}` }),
        code: 'SESSION_NOT_FOUND',
      }),
      scenario({
        name: 'of another account',
        given: withToken,
        request: ({ proof, other }, w) => current(w.byProof({ ...proof, token: other.token })),
        code: 'SESSION_NOT_FOUND',
        afterwards: ({ proof }, _answer, w) => w.assertLive(proof),
      }),
      scenario({
        name: 'of another session of the same account',
        given: withToken,
        request: ({ person, proof }, w) => current(w.byProof({ ...person, token: proof.token })),
        code: 'SESSION_NOT_FOUND',
      }),
      ...[
        '',
        'Bearer',
        'Bearer ',
        'Bearer  ',
        'Bearer a b',
        'Basic YTpi',
        'Bearer null',
        'Bearer Bearer',
        'x',
      ].map((authorization) =>
        scenario({
          name: `the header ${JSON.stringify(authorization)}`,
          given: withToken,
          request: ({ proof }, w) => current({ ...w.byCookie(proof), authorization }),
          code: 'SESSION_NOT_FOUND',
        }),
      ),
      scenario({
        name: 'that is no good keeps nobody out where anybody may call, and the live cookie stays',
        given: withToken,
        request: ({ proof, other }, w) => validate(w.byProof({ ...proof, token: other.token })),
        status: 204,
        afterwards: ({ proof }, _answer, w) => w.assertLive(proof),
      }),
      scenario({
        name: 'that is stale is told so',
        given: async (w) => {
          const given = await withToken(w);
          await grantRoles(w.app.context, { accountId: given.person.id, roles: ['reader'] });
          return given;
        },
        request: ({ proof }, w) => current(w.byProof(proof)),
        code: 'TOKEN_STALE',
      }),
      ...['/api/v1/signout', '/api/v1/signup/validate'].map((path) =>
        scenario({
          name: `that is stale hinders nobody at ${path}`,
          given: async (w) => {
            const given = await withToken(w);
            await grantRoles(w.app.context, { accountId: given.person.id, roles: ['reader'] });
            return given;
          },
          request: ({ proof }, w) => ({
            method: path.endsWith('signout') ? 'POST' : 'GET',
            path,
            headers: w.byProof(proof),
          }),
          status: 204,
          ...(path.endsWith('signout') && {
            cookie: 'cleared' as const,
            ends: ({ proof }: Awaited<ReturnType<typeof withToken>>) => [
              { session: proof.sessionId, reason: 'signout' },
            ],
          }),
        }),
      ),
    ]);
  },
  { engines: ['sqlite'] },
);
