import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Engine, makeDatabase } from '../support/stores.ts';
import { openRaw } from './support/database.ts';
import { freePort, newFolder, runVerb, startProcess, startServer } from './support/server-process.ts';

const people = 6000;
const kills = 6;

/** Of `printf 'correct horse battery staple'`, by htpasswd -B of Apache 2.4. */
const { hash, password } = JSON.parse(
  readFileSync(new URL('../vectors/foreign-hashes.json', import.meta.url), 'utf8'),
).find(({ source }: { source: string }) => source.startsWith('htpasswd'));

/** Lines that an import takes, and among them some that it refuses. */
function linesOf(count: number): { text: string; refused: number[] } {
  const refused: number[] = [];
  const lines = Array.from({ length: count }, (_, i) => {
    const bad = i % 700 === 350;
    if (bad) refused.push(i + 1);
    const email = `user${i}@example.com`;
    return JSON.stringify({
      login: bad ? 'no login' : `user${i}`,
      name: `User ${i}`,
      email,
      roles: ['member'],
      hash,
    });
  });
  return { text: `${lines.join('\n')}\n`, refused };
}

describe('an import', { concurrency: true }, () => {
  for (const engine of ['sqlite', 'postgres'] as const) {
    it(`that is killed again and again loses nothing and doubles nothing, on ${engine}`, async (t) => {
      const { settings, path, database } = await installation(engine, (undo) => t.after(undo));
      const { text, refused } = linesOf(people);
      const [file, reasons] = [join(path, 'people.jsonl'), join(path, 'refused.jsonl')];
      writeFileSync(file, text);
      const args = ['accounts', 'import', file, '--refused', reasons, '--json'];
      await runVerb(['migrate'], settings);
      const raw = await openRaw(database);
      t.after(() => raw.close());
      const count = async (table: string) =>
        Number((await raw.rows(`select count(*) as n from ${table}`))[0]?.n);
      let before = 0;
      for (let kill = 0; kill < kills; kill += 1) {
        const run = startProcess(args, settings);
        // Somewhere behind the next batch, and at another moment of a transaction each time.
        while ((await count('accounts')) <= before && run.child.exitCode === null) await sleep(1);
        await sleep(kill * 7);
        run.child.kill('SIGKILL');
        await run.exited;
        before = await count('accounts');
        const [stored] = await raw.rows('select * from imports');
        assert.equal(Number(stored?.made), before);
        for (const table of ['passwords', 'email_settings', 'account_roles']) {
          assert.equal(await count(table), before, table);
        }
      }
      assert.ok(before > 0 && before < people);
      const last = startProcess(args, settings);
      assert.deepEqual(await last.exited, { code: 1, signal: null });
      const { done_before: earlier, ...counts } = JSON.parse(last.stdout());
      assert.deepEqual(counts, {
        lines: people,
        made: people - refused.length,
        existing: 0,
        refused: refused.length,
      });
      assert.ok(earlier >= before);
      assert.equal(await count('accounts'), people - refused.length);
      const logins = new Set((await raw.rows('select login from accounts')).map(({ login }) => login));
      assert.equal(logins.size, people - refused.length);
      const told = readFileSync(reasons, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).line);
      assert.deepEqual([...new Set(told)], refused);
      assert.equal((await startProcess(args, settings).exited).code, 1);
      assert.equal(await count('accounts'), people - refused.length);
    });

    it(`into a running server lets it write, and what an export carries on signs people in, on ${engine}`, async (t) => {
      const { settings, path } = await installation(engine, (undo) => t.after(undo));
      const file = join(path, 'people.jsonl');
      writeFileSync(file, linesOf(300).text);
      const server = await startServer({ ...settings, PORT: await freePort() }, { entry: 'cheap' });
      t.after(() => server.end('SIGKILL'));
      const importing = startProcess(['accounts', 'import', file, '--json'], settings);
      const ended = importing.exited.then(() => 'ended' as const);
      let signUps = 0;
      while ((await Promise.race([ended, sleep(5)])) !== 'ended' || signUps === 0) {
        const json = { name: 'N', login: `new${signUps}`, password };
        const answer = await server.client.call({ method: 'POST', path: '/api/v1/signup', json });
        assert.equal(answer.status, 200, answer.text);
        signUps += 1;
      }
      assert.equal(JSON.parse(importing.stdout()).made, 300);
      const exported = startProcess(['accounts', 'export', '--with-hashes'], settings);
      assert.deepEqual(await exported.exited, { code: 0, signal: null });
      const other = await installation(engine, (undo) => t.after(undo));
      const counts = await runVerb(
        ['accounts', 'import', '-', '--format', 'jsonl'],
        other.settings,
        exported.stdout(),
      );
      assert.equal(counts.made, 300 + signUps);
      const second = await startServer({ ...other.settings, PORT: await freePort() }, { entry: 'cheap' });
      t.after(() => second.end('SIGKILL'));
      for (const login of ['user7', 'USER299', 'new0']) {
        const json = { login, password };
        const answer = await second.client.call({ method: 'POST', path: '/api/v1/signin', json });
        assert.equal(answer.status, 200, `${login}: ${answer.text}`);
      }
    });
  }
});

async function installation(engine: Engine, undo: (cleanUp: () => Promise<void>) => void) {
  const folder = newFolder();
  undo(async () => folder.remove());
  const database =
    engine === 'sqlite'
      ? `sqlite:${join(folder.path, 'latchkey.db')}`
      : (await makeDatabase(engine, undo)).url;
  const settings = {
    LATCHKEY_DATA_DIR: folder.path,
    LATCHKEY_DATABASE_URL: database,
    LATCHKEY_LOG_LEVEL: 'warn',
  };
  return { settings, path: folder.path, database };
}
