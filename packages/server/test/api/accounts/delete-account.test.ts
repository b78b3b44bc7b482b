import assert from 'node:assert/strict';
import { it } from 'node:test';
import { haveRoles } from '../../support/people.ts';
import { run, scenario } from '../../support/scenario.ts';
import { everythingStored } from '../../support/stored.ts';
import {
  assertProblem,
  newAddress,
  newLogin,
  onEachStore,
  type Person,
  type World,
} from '../../support/world.ts';

const erase = ({ id }: Pick<Person, 'id'>) => ({ method: 'DELETE', path: `/api/v1/accounts/${id}` });

async function people(w: World) {
  const anna = await w.person({ email: newAddress() });
  const keeper = await w.person();
  await haveRoles(w, anna, 'reader', '77:user');
  await haveRoles(w, keeper, '77:admin');
  return { anna, second: await w.again(anna), ben: await w.person(), keeper, root: await w.admin() };
}
type People = Awaited<ReturnType<typeof people>>;

const ends = ({ anna, second }: People) =>
  [anna, second].map(({ sessionId }) => ({ session: sessionId, reason: 'account-deleted' }));

async function assertGone({ anna, root }: People, w: World): Promise<void> {
  const { read } = w.app.context;
  await w.assertDead(anna);
  assert.equal(await read.passwords.find(anna.id), undefined);
  assert.equal(await read.emailSettings.find(anna.id), undefined);
  assert.deepEqual((await read.roles.find(anna.id)).roles, []);
  for (const method of ['GET', 'PUT', 'DELETE']) {
    const answer = await w.call({
      method,
      path: `/api/v1/accounts/${anna.id}`,
      headers: w.byHeader(root),
      ...(method === 'PUT' && { json: { active: true } }),
    });
    assertProblem(answer, 404, 'NOT_FOUND');
  }
  const list = await w.call({
    method: 'GET',
    path: `/api/v1/accounts?ids=${anna.id}`,
    headers: w.byHeader(root),
  });
  const [left] = list.json.data as Record<string, unknown>[];
  assert.partialDeepStrictEqual(left, {
    id: anna.id,
    login: `deleted-${anna.id}`,
    name: '',
    active: false,
    deleted: true,
  });
  for (const login of [anna.login, anna.id, `deleted-${anna.id}`]) {
    const json = { login, password: anna.password };
    const answer = await w.call({ method: 'POST', path: '/api/v1/signin', json });
    assertProblem(answer, 400, 'WRONG_LOGIN');
  }
  const heir = await w.person({ login: anna.login });
  assert.notEqual(heir.id, anna.id);
}

onEachStore('deleting an account', (world) => {
  run(world, [
    scenario({
      name: 'by its owner after a proof of presence closes its sessions and leaves nothing of the person',
      given: people,
      request: ({ anna }, w) => ({ ...erase(anna), headers: w.byHeader(anna) }),
      status: 204,
      ends,
      afterwards: (given, _answer, w) => assertGone(given, w),
    }),
    scenario({
      name: 'by an admin who proved presence just now',
      given: people,
      request: ({ anna, root }, w) => ({ ...erase(anna), headers: w.byHeader(root) }),
      status: 204,
      ends,
      afterwards: (given, _answer, w) => assertGone(given, w),
    }),
    scenario({
      name: 'by an admin who did so more than five minutes ago is refused',
      given: people,
      request({ anna, root }, w) {
        w.clock.move(301_000);
        return { ...erase(anna), headers: w.byHeader(root) };
      },
      code: 'REAUTH_REQUIRED',
      afterwards: ({ anna }, _answer, w) => w.assertLive(anna),
    }),
    ...(['anna', 'root'] as const).map((who) =>
      scenario({
        name: `by ${who === 'anna' ? 'its owner' : 'an admin who deletes himself'} without one is refused`,
        given: people,
        request(given, w) {
          w.clock.move(301_000);
          return { ...erase(given[who]), headers: w.byHeader(given[who]) };
        },
        code: 'REAUTH_REQUIRED',
        afterwards: (given, _answer, w) => w.assertLive(given[who]),
      }),
    ),
    ...(['ben', 'keeper'] as const).map((who) =>
      scenario({
        name: `by ${who === 'ben' ? 'somebody else' : "a site's admin"} is refused`,
        given: people,
        request: (given, w) => ({ ...erase(given.anna), headers: w.byHeader(given[who]) }),
        code: 'NOT_OWNER',
        afterwards: ({ anna }, _answer, w) => w.assertLive(anna),
      }),
    ),
    scenario({
      name: 'by nobody is refused',
      given: people,
      request: ({ anna }) => erase(anna),
      code: 'NOT_SIGNED',
    }),
    scenario({
      name: 'with a body is refused',
      given: people,
      request: ({ anna }, w) => ({ ...erase(anna), headers: w.byHeader(anna), json: { sure: true } }),
      code: 'INVALID_DATA',
      afterwards: ({ anna }, _answer, w) => w.assertLive(anna),
    }),
  ]);

  it('and signing in, changing and granting at once leave no session, no role and no person', async () => {
    const w = world();
    for (let round = 0; round < 5; round++) {
      const given = await people(w);
      const { anna, root } = given;
      const { login, password } = anna;
      const headers = w.byHeader(root);
      const path = `/api/v1/accounts/${anna.id}`;
      const others = [
        ...Array.from({ length: 4 }, () => ({
          method: 'POST',
          path: '/api/v1/signin',
          json: { login, password },
        })),
        { method: 'PUT', path, json: { name: 'Kept', login: newLogin() }, headers },
        { method: 'POST', path: `/api/v1/roles/${anna.id}/grant`, json: { roles: ['kept'] }, headers },
      ];
      const answers = Promise.all(others.map((request) => w.call(request)));
      assert.equal((await w.call({ ...erase(anna), headers })).status, 204);
      for (const { status } of await answers) assert.ok([200, 400, 404, 440].includes(status));
      const open = { accountId: anna.id, active: true };
      const page = { skip: 0, take: 10, total: true };
      assert.equal((await w.app.context.read.sessions.list(open, page)).total, 0);
      await assertGone(given, w);
    }
  });
});

onEachStore('a deleted person', (world) => {
  it('is found nowhere in the database', async () => {
    const w = world();
    const root = await w.admin();
    const marks = ['zqlogin', 'zqname', 'zqmail', 'zqhdr', 'zqdat', 'zqold'].map((mark) => mark + newLogin());
    const [login, name, mail, hdr, dat, old] = marks as [string, string, string, string, string, string];
    const crowd = await Promise.all(Array.from({ length: 20 }, () => w.person()));
    const email = `${mail}@example.org`;
    const anna = await w.person({ login: old, name, email });
    for (let i = 0; i < 5; i++) {
      const json = {
        login,
        name: `${name} ${i}`,
        custom_hdr: { hdr },
        custom_dat: { dat: dat.repeat(i * 40) },
      };
      const request = { method: 'PUT', path: `/api/v1/accounts/${anna.id}`, json };
      assert.equal((await w.call({ ...request, headers: w.byHeader(anna) })).status, 200);
    }
    const device = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:77.7) Gecko/20100101 Firefox/77.7' };
    const signIn = { method: 'POST', path: '/api/v1/signin', json: { login, password: anna.password } };
    for (let i = 0; i < 10; i++) await w.call({ ...signIn, headers: device });
    const { hash } = (await w.app.context.read.passwords.find(anna.id))!;
    const secrets = [...marks, hash, 'Firefox 77.7'];
    const before = await everythingStored(w);
    for (const secret of secrets) assert.ok(secret === old || before.includes(secret), secret);
    const { status } = await w.call({ ...erase(anna), headers: w.byHeader(root) });
    assert.equal(status, 204);
    const after = await everythingStored(w);
    for (const secret of secrets) assert.ok(!after.includes(secret), secret);
    for (const person of crowd) await w.assertLive(person);
  });
});
