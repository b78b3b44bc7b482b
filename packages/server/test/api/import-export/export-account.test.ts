import assert from 'node:assert/strict';
import { run, scenario } from '../../support/scenario.ts';
import { onEachStore, type Person, type World } from '../../support/world.ts';

interface Held extends Record<string, unknown> {
  readonly account: Record<string, unknown>;
  readonly email_settings: { readonly email: string };
  readonly settings: { readonly parameters: object };
  readonly sessions: readonly { readonly id: string; readonly close_reason?: string }[];
  readonly log: readonly { readonly session_id?: string; readonly action: string; readonly reason: string }[];
}

onEachStore('an export of an account', (world) => {
  const exported = ({ id }: Pick<Person, 'id'>) => ({ method: 'GET', path: `/api/v1/accounts/${id}/export` });
  const given = async (w: World) => {
    const anna = await w.person({ email: `anna-${await w.head()}@example.com` });
    const old = await w.again(anna);
    const ben = await w.person();
    const root = await w.admin();
    const put = (path: string, json: unknown) =>
      w.call({ method: 'PUT', path, json, headers: w.byHeader(anna) });
    assert.equal((await put(`/api/v1/settings/${anna.id}`, { color: 'red' })).status, 200);
    assert.equal((await put(`/api/v1/accounts/${anna.id}`, { custom_dat: { shoe: 42 } })).status, 200);
    const close = `/api/v1/sessions/${anna.id}/${old.sessionId}`;
    assert.equal((await w.call({ method: 'DELETE', path: close, headers: w.byHeader(anna) })).status, 200);
    return { anna, old, ben, root };
  };

  run(world, [
    ...(['anna', 'root'] as const).map((who) =>
      scenario({
        name: `holds all, for ${who === 'anna' ? 'the owner' : 'an admin'}`,
        given,
        request: (all, w) => ({ ...exported(all.anna), headers: w.byHeader(all[who]) }),
        afterwards: ({ anna, old, ben }, { json, text }) => {
          const held = json as unknown as Held;
          assert.deepEqual(Object.keys(held), [
            'export_time',
            'account',
            'email_settings',
            'password',
            'roles',
            'sites',
            'settings',
            'sessions',
            'invitations',
            'mails',
            'log',
          ]);
          const { account, email_settings: email, settings, sessions, log } = held;
          assert.deepEqual(
            [account.id, account.login, account.custom_dat],
            [anna.id, anna.login, { shoe: 42 }],
          );
          assert.match(email.email, /^anna-\d+@example\.com$/);
          assert.deepEqual(settings.parameters, { color: 'red' });
          assert.deepEqual(sessions.map(({ id }) => id).sort(), [anna.sessionId, old.sessionId].sort());
          assert.deepEqual(sessions.map((session) => session.close_reason ?? 'open').sort(), [
            'closed',
            'open',
          ]);
          const closing = log.find((entry) => entry.session_id === old.sessionId);
          assert.deepEqual([closing?.action, closing?.reason], ['reject', 'closed']);
          assert.ok(log.some((entry) => entry.reason === 'profile-changed'));
          for (const secret of [
            'argon2',
            anna.credential,
            old.credential,
            anna.password,
            ben.id,
            ben.sessionId,
          ])
            assert.ok(!text.includes(secret), secret);
        },
      }),
    ),
    scenario({
      name: 'is not for others',
      given,
      request: ({ anna, ben }, w) => ({ ...exported(anna), headers: w.byHeader(ben) }),
      code: 'NOT_OWNER',
    }),
    scenario({
      name: 'is not for nobody',
      given,
      request: ({ anna }) => exported(anna),
      code: 'NOT_SIGNED',
    }),
    scenario({
      name: 'of an account that is none',
      given,
      request: ({ root }, w) => ({ ...exported({ id: '12345' as never }), headers: w.byHeader(root) }),
      code: 'NOT_FOUND',
    }),
  ]);
});
