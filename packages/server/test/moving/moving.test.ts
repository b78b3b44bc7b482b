import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { newInstallation } from '../../src/cli/testing.ts';
import { systems } from '../../src/import-export/systems/systems.ts';
import type { Engine } from '../support/stores.ts';
import { newPassword, openWorld, type World } from '../support/world.ts';
import { type ExpectedPerson, expected } from './expected.ts';
import { runVerb } from './run-verb.ts';

const samples = join(import.meta.dirname, 'samples');
const docs = join(import.meta.dirname, '../../../../docs');

/** The commands of the page on moving from the system, whose files are the samples. */
function commandsOf(system: string): string[][] {
  const page = readFileSync(join(docs, `moving-from-${system}.md`), 'utf8');
  const commands = [...page.matchAll(/^npx latchkey (accounts import .*)$/gm)];
  return commands.map(([, command]) =>
    command!.split(' ').map((word) => {
      const path = join(samples, system, word);
      return word !== '-' && existsSync(path) ? path : word;
    }),
  );
}

async function assertPerson(w: World, { login, password, ...person }: ExpectedPerson): Promise<void> {
  const signIn = (typed: string) =>
    w.call({ method: 'POST', path: '/api/v1/signin', json: { login, password: typed } });
  const { read } = w.app.context;
  const account = await read.accounts.findByLogin(login.normalize('NFKC').toLowerCase());
  assert.ok(account, login);
  const email = await read.emailSettings.find(account.id);
  const { roles } = (await read.roles.find(account.id)) ?? { roles: [] };
  const { active } = account;
  assert.deepEqual(
    { name: account.name, email: email?.email, verified: email?.verified, active, roles },
    { email: undefined, verified: undefined, active: true, roles: [], ...person },
  );
  assert.equal((await signIn('not the password')).json.code, 'WRONG_PASSWORD', login);
  const answer = await signIn(password ?? 'any password');
  if (password === undefined) assert.equal(answer.json.code, 'WRONG_PASSWORD', login);
  else if (active) assert.equal(answer.status, 200, `${login} ${answer.text}`);
  else assert.notEqual(answer.status, 200, login);
}

/** What an import answers with `--json`. */
interface Counts {
  readonly lines: number;
  readonly made: number;
  readonly refused: number;
  readonly notes: Readonly<Record<string, number>>;
}

async function runImport(w: World, args: readonly string[]) {
  const { exitCode, stdout, stderr } = await runVerb(w, [...args, '--json']);
  return { exitCode, stderr, counts: (stdout === '' ? {} : JSON.parse(stdout)) as Counts };
}

/** What an export of ours writes, an import of ours takes, hashes of other systems too. */
async function assertExportComesBack(w: World): Promise<void> {
  const { run } = newInstallation();
  const { stdout } = await runVerb(w, ['accounts', 'export', '--with-hashes']);
  assert.equal((await run('accounts import - --format jsonl', stdout)).exitCode, 0);
  assert.equal((await run('accounts export --with-hashes')).stdout, stdout);
}

describe('moving from another system', { concurrency: 3 }, () => {
  for (const system of Object.keys(systems)) {
    describe(`moving from ${systems[system]!.title}`, () => {
      for (const [i, command] of commandsOf(system).entries()) {
        const engines: readonly Engine[] = system === 'keycloak' ? ['sqlite', 'postgres'] : ['sqlite'];
        for (const engine of engines) {
          it(`command ${i + 1} of the page brings every account, on ${engine}`, async () => {
            const w = await openWorld({ engine });
            try {
              const { people, notes } = expected[system]!;
              const run = (...more: string[]) => runImport(w, [...command, ...more]);
              const dry = await run('--dry-run');
              const { exitCode, counts, stderr } = await run();
              assert.deepEqual([exitCode, stderr], [0, '']);
              assert.deepEqual(
                [counts.made, counts.refused, counts.notes],
                [people.length, 0, notes[i] ?? notes[0]],
              );
              assert.deepEqual(dry.counts, counts);
              await assertExportComesBack(w);
              for (const person of people) await assertPerson(w, person);
              const again = await run();
              assert.deepEqual(again.counts, { ...counts, done_before: counts.lines });
            } finally {
              await w.close();
            }
          });
        }
      }
    });
  }
});

it('whoever comes in without a password sets one by the code of a mail', async () => {
  const w = await openWorld();
  try {
    const file = join(samples, 'ldap', 'people.ldif');
    assert.equal((await runVerb(w, ['accounts', 'import', file, '--from', 'ldap', '--json'])).exitCode, 0);
    const recover = { method: 'POST', path: '/api/v1/passwords/recover', json: { login: 'cleo' } } as const;
    assert.equal((await w.call(recover)).status, 204);
    const [mail] = await w.mailsTo('cleo@example.com');
    const [code, password] = [mail!.values.code!, newPassword()];
    const reset = { login: 'cleo', code, password };
    const answer = await w.call({ method: 'POST', path: '/api/v1/passwords/reset', json: reset });
    assert.ok(answer.status < 300, answer.text);
    await w.again({ login: 'cleo', password });
  } finally {
    await w.close();
  }
});
