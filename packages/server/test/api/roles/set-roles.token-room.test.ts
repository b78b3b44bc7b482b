import assert from 'node:assert/strict';
import { it } from 'node:test';
import { importAccounts } from '../../../src/import-export/import-accounts.ts';
import { putRoles as set } from '../../support/people.ts';
import { assertProblem, newLogin, onEachStore } from '../../support/world.ts';

const letters = 'abcdefghijklmnopqrstuvwxyz';
/** This many different roles of two letters. */
const short = (count: number) =>
  Array.from({ length: count }, (_, i) => `${letters[Math.floor(i / 26)]}${letters[i % 26]}`);

onEachStore('roles have room in a token', (world) => {
  it('however short they are', async () => {
    const w = world();
    const [anna, root] = [await w.person(), await w.admin()];
    const put = (count: number) => w.call({ ...set(anna.id, short(count)), headers: w.byHeader(root) });
    assertProblem(await put(600), 409, 'CONFLICT');
    assert.equal((await put(420)).status, 200);
    const proof = await w.login(anna);
    const answer = await w.call({ method: 'POST', path: '/auth/authenticate', headers: w.byProof(proof) });
    assert.equal(answer.status, 200, answer.text);
  });

  it('also those of an import', async () => {
    const w = world();
    const refused: string[] = [];
    const record = (line: number, roles: string[]) => {
      const login = newLogin();
      return { line, text: login, read: () => ({ login, name: 'N', roles }) };
    };
    const long = Array.from({ length: 100 }, (_, i) => `r${i}`.padEnd(60, 'x'));
    async function* records() {
      yield [record(1, long), record(2, long.slice(0, 30))];
    }
    const refuse = (line: number, error: Error) => void refused.push(`${line} ${error.message}`);
    const { made } = await importAccounts(w.app.context, { records: records(), refuse });
    assert.equal(made, 1);
    assert.match(refused.join(), /^1 /);
  });
});
