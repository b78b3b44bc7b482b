import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startApp, type TestApp } from '../../test/support/app.ts';
import { createAccount } from '../authentication/create-account.ts';
import { signIn } from '../authentication/sign-in.ts';
import { signUp } from '../authentication/sign-up.ts';
import { exitCodes } from './frame/exit-codes.ts';
import { newInstallation, type Outcome } from './testing.ts';

const device = { address: '127.0.0.1', client: '', platform: '' };
const password = 'seventeen copper kettles';
const fresh = 'a garden of paper cranes';

for (const engine of ['sqlite', 'postgres'] as const) {
  describe(`an operator beside a server on ${engine}`, () => {
    let own: TestApp;
    let run: (args: string, input?: string) => Promise<Outcome>;
    before(async () => {
      own = await startApp({ engine });
      const { dataDir, databaseUrl } = own.app.config;
      ({ run } = newInstallation({ LATCHKEY_DATA_DIR: dataDir, LATCHKEY_DATABASE_URL: databaseUrl }));
      for (const login of ['ada@example.com', 'ben@example.com', 'cleo@example.com']) {
        await signUp(own.app.context, { name: 'N', login, email: login, password, device });
      }
    });
    after(() => own.close());

    const open = async (login: string) => {
      const { data } = await own.app.context.read.sessions.list(
        { active: true, search: login },
        { skip: 0, take: 100, total: false },
      );
      return data.map(({ session }) => session);
    };
    const ends = async () => {
      const entries = await own.app.context.read.log.list(0, 500);
      return entries.filter(({ action }) => action === 'reject');
    };
    const json = (text: string) => JSON.parse(text) as Record<string, unknown>;

    it('is told how many sessions would be closed, and nothing is closed without a yes', async () => {
      for (const [args, phrase] of [
        ['--user ada@example.com', 'close 1 session of ada@example.com'],
        ['--all', 'close 3 sessions of everybody'],
      ] as const) {
        const { exitCode, stdout, stderr } = await run(`sessions close ${args}`);
        assert.deepEqual([exitCode, stdout], [exitCodes.refused, '']);
        assert.equal(stderr, `UNCONFIRMED: This would ${phrase}. Add --yes to do it.\n`);
        const { error } = json((await run(`sessions close ${args} --json`)).stderr);
        assert.equal((error as { code: string }).code, 'UNCONFIRMED');
      }
      assert.deepEqual(await ends(), []);
    });

    it('closes several by their ids, or none when one does not exist', async () => {
      for (let i = 0; i < 2; i++)
        await signIn(own.app.context, { login: 'ada@example.com', password, device });
      const [one, two, three] = (await open('ada')).map(({ id }) => id);
      const missing = await run(`sessions close ${one} AAAAAAAAAAAAAAAAAAAAAA`);
      assert.deepEqual(
        [missing.exitCode, missing.stderr],
        [exitCodes.notFound, 'NOT_FOUND: There is no such session or account.\n'],
      );
      assert.equal((await open('ada')).length, 3);
      const { data } = json((await run(`sessions close ${one} ${two} ${one} --json`)).stdout);
      assert.deepEqual(
        (data as { id: string; close_reason: string }[]).map(({ id, close_reason }) => [id, close_reason]),
        [
          [one, 'admin'],
          [two, 'admin'],
        ],
      );
      assert.deepEqual(
        (await open('ada')).map(({ id }) => id),
        [three],
      );
    });

    it('closes those of an account, by login or id, and of everybody; each end is in the log', async () => {
      const before = (await ends()).length;
      const ada = (await open('ada'))[0]!;
      const told = await run(`sessions close --user ${ada.accountId} --yes --json`);
      assert.deepEqual(json(told.stdout), { user_id: ada.accountId, closed: 1 });
      assert.equal((await run('sessions close --all --yes')).stdout, 'Closed 2 sessions of everybody.\n');
      assert.equal((await run('sessions close --all')).stdout, 'Closed 0 sessions of everybody.\n');
      const entries = (await ends()).slice(before);
      assert.deepEqual(
        entries.map(({ reason }) => reason),
        ['admin', 'admin', 'admin'],
      );
      assert.ok(entries.some(({ subject }) => 'session' in subject && subject.session === ada.id));
    });

    it('sets a password by the rules, which closes the sessions and lets in nobody with the old one', async () => {
      const { context } = own.app;
      await signIn(context, { login: 'ben@example.com', password, device });
      const short = await run('accounts set-password ben@example.com --password-stdin', 'short');
      assert.deepEqual(
        [short.exitCode, short.stderr],
        [
          exitCodes.refused,
          'PASSWORD_TOO_SHORT: The password is too short. A password has at least 15 characters.\n',
        ],
      );
      assert.equal((await open('ben')).length, 1);
      const told = await run(
        'accounts set-password BEN@example.com --password-stdin --json',
        `\uFEFF${fresh}\r\n`,
      );
      assert.equal(json(told.stdout).closed, 1, told.stderr);
      assert.equal((await ends()).at(-1)?.reason, 'password-reset');
      await assert.rejects(signIn(context, { login: 'ben@example.com', password, device }), {
        code: 'WRONG_PASSWORD',
      });
      await signIn(context, { login: 'ben@example.com', password: fresh, device });
      const { data } = await context.read.mails.list({}, { skip: 0, take: 100, total: false });
      assert.ok(data.some(({ kind }) => kind === 'password-changed'));
    });

    it('deletes an account, whose sessions end and whose login is free', async () => {
      const told = await run('accounts delete ben@example.com --yes --json');
      const { deleted, closed, id } = json(told.stdout);
      assert.deepEqual([deleted, closed], [true, 1], told.stderr);
      assert.equal((await ends()).at(-1)?.reason, 'account-deleted');
      for (const who of ['ben@example.com', id]) {
        for (const verb of ['delete', 'enable', 'disable']) {
          const { exitCode, stderr } = await run(`accounts ${verb} ${who}`);
          assert.deepEqual(
            [exitCode, stderr],
            [exitCodes.notFound, 'NOT_FOUND: There is no such account.\n'],
          );
        }
      }
      await signUp(own.app.context, { name: 'N', login: 'ben@example.com', password, device });
      await run('roles grant cleo@example.com admin');
      const last = await run('accounts delete cleo@example.com --yes');
      assert.deepEqual([last.exitCode, last.stderr.split(':')[0]], [exitCodes.refused, 'CONFLICT']);
    });

    it('is asked which one is meant by the login of one account that another has proven to be its address', async () => {
      const { context } = own.app;
      const taker = await createAccount(context, { name: 'Mallory', login: 'dora@example.com' });
      const dora = await createAccount(context, { name: 'Dora', login: 'dora', email: 'dora@example.com' });
      assert.equal((await run('roles list dora@example.com')).exitCode, 0);
      await context.transaction((tx) => tx.emailSettings.prove(dora.id, 'dora@example.com'));
      for (const args of ['roles grant ME boss', 'accounts disable ME', 'accounts delete ME --yes']) {
        const { exitCode, stdout, stderr } = await run(args.replace('ME', 'DORA@example.com'));
        assert.deepEqual([exitCode, stdout], [exitCodes.refused, ''], args);
        for (const part of [/^CONFLICT: /, taker.id, dora.id, /by its id\.\n$/])
          assert.match(stderr, new RegExp(part));
      }
      for (const { id } of [taker, dora]) {
        assert.deepEqual((await context.read.roles.find(id)).roles, []);
        assert.equal((await context.read.accounts.find(id))?.active, true);
      }
      const granted = await run(`roles grant ${dora.id} boss`);
      assert.deepEqual(granted.stdout, 'boss\n');
      assert.equal(granted.stderr, `The roles of ${dora.id}, dora (Dora):\n`);
      const told = json((await run('roles grant dora boss --json')).stdout);
      assert.deepEqual(told, { id: dora.id, login: 'dora', name: 'Dora', roles: ['boss'] });
      const { stdout } = await run(`accounts disable ${taker.id}`);
      assert.equal(stdout, `Disabled the account ${taker.id}, dora@example.com (Mallory).\n`);
    });
  });
}
