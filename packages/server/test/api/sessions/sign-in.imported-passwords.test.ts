import assert from 'node:assert/strict';
import { it } from 'node:test';
import { adoptHash } from '../../../src/adapters/crypto/adopt-hash.ts';
import { importAccounts } from '../../../src/import-export/import-accounts.ts';
import { type ForeignHashVector, foreignHashes } from '../../support/foreign-hashes.ts';
import { newLogin, newPassword, onEachStore, type World } from '../../support/world.ts';

const bcrypt = foreignHashes.find(({ foreign }) => foreign.kind === 'bcrypt')!;
const long = foreignHashes.find(({ source }) => source.includes('of these 80'))!;

/** The first sample of each kind of hash: all of them are compared in the tests of `adoptHash`. */
const samples = [
  ...new Map(
    foreignHashes.toReversed().map((vector) => [adoptHash(vector.foreign).split('$')[1], vector]),
  ).values(),
];

/** Imports an account with the hash; its login and password. */
async function imported(w: World, { source, password, foreign: hash }: ForeignHashVector) {
  const login = newLogin();
  const text = `${login} ${source}`;
  const record = { line: 1, text, read: () => ({ login, name: 'N', hash }) };
  const refuse = (_line: number, error: Error) => assert.fail(error);
  const result = await importAccounts(w.app.context, { records: one([record]), refuse });
  assert.equal(result.made, 1);
  return { login, password };
}

async function* one<T>(item: T) {
  yield item;
}

async function storedHash(w: World, login: string): Promise<string> {
  const account = await w.app.context.read.accounts.findByLogin(login);
  return (await w.app.context.read.passwords.find(account!.id))!.hash;
}

const current = /^\$argon2id\$v=19\$m=64,t=1,p=1\$/;

onEachStore(
  'a password hash of another system',
  (world) => {
    const signIn = (login: string, password: string) =>
      world().call({ method: 'POST', path: '/api/v1/signin', json: { login, password } });
    const login = (username: string, password: string) =>
      world().call({ method: 'POST', path: '/auth/login', json: { username, password } });

    it('of every kind signs its person in, and is made anew by that', async () => {
      const w = world();
      assert.ok(samples.length >= 25);
      for (const vector of samples) {
        const what = `${vector.source}: ${vector.foreign.hash}`;
        const person = await imported(w, vector);
        const before = await storedHash(w, person.login);
        // None is stored that could be guessed by the million.
        assert.doesNotMatch(before, /^\$(?:salted|hmac|iterated|phpass-md5)/, what);
        assert.equal(
          (await signIn(person.login, `${person.password.slice(0, 10)}?`)).json.code,
          'WRONG_PASSWORD',
          what,
        );
        assert.equal(await storedHash(w, person.login), before);
        assert.equal((await signIn(person.login, person.password)).status, 200, what);
        assert.match(await storedHash(w, person.login), current, what);
        assert.equal((await signIn(person.login, person.password)).status, 200, what);
        assert.equal((await signIn(person.login, `${person.password}?`)).json.code, 'WRONG_PASSWORD', what);
      }
    });

    it('is made anew by a Login at the auth interface as well', async () => {
      const w = world();
      const person = await imported(w, bcrypt);
      assert.equal((await login(person.login, 'wrong')).json.code, 'INVALID_CREDENTIALS');
      assert.equal((await login(person.login, person.password)).status, 200);
      assert.match(await storedHash(w, person.login), current);
      assert.equal((await login(person.login, person.password)).status, 200);
    });

    it('is made anew when the password is verified', async () => {
      const w = world();
      const person = await w.again(await imported(w, bcrypt));
      const account = (await w.app.context.read.passwords.find(person.id))!;
      const old = { ...account, hash: bcrypt.foreign.hash };
      assert.ok(await w.app.context.transaction((tx) => tx.passwords.replace(old, account.hash)));
      const verify = (password: string) =>
        w.call({
          method: 'POST',
          path: '/api/v1/passwords/verify',
          json: { password },
          headers: w.byHeader(person),
        });
      assert.equal((await verify('wrong')).json.code, 'WRONG_PASSWORD');
      assert.equal((await verify(person.password)).status, 204);
      assert.match(await storedHash(w, person.login), current);
      await w.assertLive(person);
    });

    it('proves the old password of a change', async () => {
      const w = world();
      const person = await w.again(await imported(w, bcrypt));
      const account = (await w.app.context.read.passwords.find(person.id))!;
      await w.app.context.transaction((tx) =>
        tx.passwords.replace({ ...account, hash: bcrypt.foreign.hash }, account.hash),
      );
      const changed = newPassword();
      const answer = await w.call({
        method: 'POST',
        path: `/api/v1/passwords/${person.id}/change`,
        json: { old_password: person.password, new_password: changed },
        headers: w.byHeader(person),
      });
      assert.equal(answer.status, 200, answer.text);
      assert.match(await storedHash(w, person.login), current);
      assert.equal((await signIn(person.login, changed)).status, 200);
      assert.equal((await signIn(person.login, person.password)).json.code, 'WRONG_PASSWORD');
    });

    it('that reads 72 bytes takes a longer password as before, and all of it counts from then on', async () => {
      const w = world();
      const person = await imported(w, long);
      assert.equal((await signIn(person.login, person.password)).status, 200);
      const { password } = person;
      for (const other of [password.slice(0, 72), `${password.slice(0, 72)}otherwise`]) {
        assert.equal((await signIn(person.login, other)).json.code, 'WRONG_PASSWORD');
      }
      assert.equal((await signIn(person.login, password)).status, 200);
    });

    it('is found whichever Unicode form the password is typed in', async () => {
      const w = world();
      const person = await imported(w, foreignHashes.find(({ password }) => password.includes('ä'))!);
      assert.equal((await signIn(person.login, person.password.normalize('NFD'))).status, 200);
    });

    it('lets 10 sign in at once, while it is made anew', async () => {
      const w = world();
      const person = await imported(w, bcrypt);
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => signIn(person.login, person.password)),
      );
      assert.deepEqual(
        answers.map(({ status }) => status),
        answers.map(() => 200),
      );
      assert.match(await storedHash(w, person.login), current);
      assert.equal((await signIn(person.login, person.password)).status, 200);
    });

    it('may be missing: nobody signs in to the account then, and it looks like a wrong password', async () => {
      const w = world();
      const name = newLogin();
      const record = { line: 1, text: name, read: () => ({ login: name, name: 'N' }) };
      await importAccounts(w.app.context, {
        records: one([record]),
        refuse: (_line, error) => assert.fail(error),
      });
      assert.equal((await signIn(name, 'any password')).json.code, 'WRONG_PASSWORD');
      assert.equal((await login(name, '')).json.code, 'INVALID_CREDENTIALS');
    });
  },
  { env: { LATCHKEY_HASH_THREADS: '2' } },
);
