import { run, scenario } from '../../support/scenario.ts';
import { newPassword, onEachStore } from '../../support/world.ts';

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
