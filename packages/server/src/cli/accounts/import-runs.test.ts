import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { newInstallation } from '../testing.ts';
import {
  accountsOf,
  type Counts,
  folder,
  json,
  lines,
  newFile,
  type Refusal,
  runImport,
} from './import/testing.ts';

test('the same input again makes nothing twice, and more lines at its end are made', async () => {
  const installation = newInstallation();
  const first = lines(...Array.from({ length: 600 }, (_, i) => ({ login: `user${i}`, name: 'N' })), {
    name: 'N',
  });
  const runs = [first, first, `${first}${lines({ login: 'more', name: 'N' }, { name: 'N' })}`];
  const counts: (Counts | undefined)[] = [];
  for (const text of runs) counts.push((await runImport(text, '--format jsonl', installation)).counts);
  assert.deepEqual(counts, [
    { lines: 601, made: 600, existing: 0, refused: 1, done_before: 0 },
    { lines: 601, made: 600, existing: 0, refused: 1, done_before: 601 },
    { lines: 603, made: 601, existing: 0, refused: 2, done_before: 601 },
  ]);
});

test('other lines than those that were done are a conflict, until it is told to begin again', async () => {
  const installation = newInstallation();
  const people = ['a', 'b', 'c'].map((login) => ({ login, name: 'N' }));
  await runImport(lines(...people), '--format jsonl', installation);
  for (const other of [people.slice(0, 2), [people[0]!, { login: 'd', name: 'N' }, people[2]!]]) {
    const { exitCode, stdout, stderr } = await runImport(lines(...other), '--format jsonl', installation);
    assert.deepEqual([exitCode, stdout], [1, '']);
    assert.match(stderr, /"code":"CONFLICT".*--restart/);
  }
  const changed = lines(people[0]!, { login: 'd', name: 'N' }, people[2]!);
  const again = await runImport(changed, '--format jsonl --restart', installation);
  assert.deepEqual([again.counts?.made, again.refused.map(([line]) => line)], [1, [1, 3]]);
  const skipping = await runImport(changed, '--format jsonl --restart --skip-existing', installation);
  assert.deepEqual(
    [skipping.exitCode, skipping.counts],
    [0, { lines: 3, made: 0, existing: 3, refused: 0, done_before: 0 }],
  );
  assert.equal((await accountsOf(installation)).length, 4);
});

test('a dry run says the same and stores nothing', async () => {
  const installation = newInstallation();
  await runImport(lines({ login: 'there', name: 'N' }), '--format jsonl', installation);
  const many = Array.from({ length: 700 }, (_, i) => ({ login: `user${i}`, name: 'N' }));
  const text = lines(...many, { login: 'user1', name: 'N' }, { login: 'THERE', name: 'N' }, { name: 'x' });
  const dry = await runImport(text, '--format jsonl --dry-run', installation);
  assert.equal((await accountsOf(installation)).length, 1);
  const real = await runImport(text, '--format jsonl', installation);
  assert.deepEqual([dry.exitCode, dry.counts], [real.exitCode, real.counts]);
  assert.deepEqual(dry.refused.toSorted(), real.refused.toSorted());
  assert.equal((await accountsOf(installation)).length, 701);
});

test('for people it is sentences; refused lines go to the file that is named', async () => {
  const { run } = newInstallation();
  const file = newFile('people.jsonl', lines({ login: 'a', name: 'N' }, { name: 'b' }));
  const refused = join(folder, 'refused');
  const toFile = await run(`accounts import ${file} --refused ${refused}`);
  assert.deepEqual(toFile, {
    exitCode: 1,
    stdout: '2 lines: 1 account created, 1 line refused.\n',
    stderr: '',
  });
  assert.equal(json<Refusal>(readFileSync(refused, 'utf8')).line, 2);
  assert.equal(statSync(refused).mode & 0o077, 0);
  const told = await run(`accounts import ${newFile('x.NDJSON', lines({ name: 'b' }))}`);
  assert.match(told.stderr, /^Line 1: INVALID_DATA: .*login or email is required\.\n$/);
  const input = await run('accounts import - --format csv', 'login,name\nc,N\n');
  assert.equal(input.stdout, '1 line: 1 account created, 0 lines refused.\n');
});

test('wrong usage is told, and nothing is made', async () => {
  const { run, dataDir } = newInstallation();
  const file = newFile('people.txt', '');
  for (const args of [
    '',
    file,
    `${file} --format xml`,
    '/nonexistent.csv',
    `${folder} --format csv`,
    `${file} ${file} --format csv`,
    `${file} --format csv --refused /nonexistent/x`,
  ]) {
    const { exitCode, stdout, stderr } = await run(`accounts import ${args}`);
    assert.deepEqual([exitCode, stdout, /^USAGE: .+\n$/.test(stderr)], [2, '', true], `${args} ${stderr}`);
  }
  assert.ok(!existsSync(dataDir));
});
