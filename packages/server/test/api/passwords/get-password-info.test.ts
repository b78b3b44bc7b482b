import assert from 'node:assert/strict';
import { run, scenario } from '../../support/scenario.ts';
import { newPassword, onEachStore, type Person, type World } from '../../support/world.ts';

onEachStore('what is told of a password', (world) => {
  const info = ({ id }: Person) => ({ method: 'GET', path: `/api/v1/passwords/${id}` });
  const unlock = (id: string) => ({ method: 'POST', path: `/api/v1/passwords/${id}/unlock` });
  const three = async (w: World) => ({
    anna: await w.person(),
    ben: await w.person(),
    root: await w.admin(),
  });
  run(world, [
    ...(['anna', 'root'] as const).map((who) =>
      scenario({
        name: `is for ${who === 'anna' ? 'the owner' : 'an admin'}`,
        given: three,
        request: (given, w) => ({ ...info(given.anna), headers: w.byHeader(given[who]) }),
        body: ({ anna }) => ({ id: anna.id, locked: false }),
        afterwards: (_given, { json, text }) => {
          assert.match(String(json.change_time), /Z$/);
          assert.ok(!text.includes('argon2'));
        },
      }),
    ),
    scenario({
      name: 'is not for others',
      given: three,
      request: ({ anna, ben }, w) => ({ ...info(anna), headers: w.byHeader(ben) }),
      code: 'NOT_OWNER',
    }),
    scenario({
      name: 'is not for nobody',
      given: three,
      request: ({ anna }) => info(anna),
      code: 'NOT_SIGNED',
    }),
    scenario({
      name: 'of an account that is none',
      given: three,
      request: ({ root }, w) => ({
        method: 'GET',
        path: '/api/v1/passwords/4503599627370497',
        headers: w.byHeader(root),
      }),
      code: 'NOT_FOUND',
    }),
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
  'validating a new password',
  (world) => {
    const validate = (json: unknown) => ({ method: 'POST', path: '/api/v1/passwords/validate', json });
    const rows = {
      PASSWORD_TOO_SHORT: { password: 'fourteen chars' },
      PASSWORD_TOO_LONG: { password: 'xy'.repeat(129) },
      INVALID_DATA: { password: null },
    } as const;
    run(world, [
      scenario({ name: 'a good one', request: validate({ password: newPassword() }), status: 204 }),
      ...Object.entries(rows).map(([code, json]) =>
        scenario({ name: code, request: validate(json), code: code as keyof typeof rows }),
      ),
      ...[
        { password: 'passwordpassword' },
        { password: 'Password1234567' },
        { password: 'QWERTYUIOP12345' },
        { password: 'latchkey 2026 !!' },
        { password: 'hildegard hildegard', name: 'Hildegard' },
        { password: 'hilde1234567890', login: 'Hilde@example.org' },
      ].map((json) =>
        scenario({ name: json.password, request: validate(json), code: 'PASSWORD_TOO_COMMON' }),
      ),
      scenario({
        name: 'says why',
        request: validate({ password: 'password1234567' }),
        code: 'PASSWORD_TOO_COMMON',
        body: { detail: 'It is one of the passwords that are tried first.' },
      }),
      scenario({
        name: 'refuses unknown members',
        request: validate({ password: newPassword(), email: 'a@example.org' }),
        code: 'INVALID_DATA',
      }),
    ]);
  },
  { engines: ['sqlite'] },
);
