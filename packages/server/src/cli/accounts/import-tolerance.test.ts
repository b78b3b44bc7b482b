import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { newInstallation } from '../testing.ts';
import { accountsOf, folder, lines, newFile, runImport } from './import/testing.ts';

const bcrypt = '$2b$05$2b1y8noL2Qu8/fDrpjlm/uq2kTvyMSU9xHhMcXVO4QfQv7/VSvH66';

test('what databases and programs write is read: numbers, texts for booleans, times, nothing for a name', async () => {
  const installation = newInstallation();
  const { exitCode, counts } = await runImport(
    lines(
      { id: 42, login: 'ada', create_time: '2024-01-02 03:04:05+00', active: 'f' },
      { email: 'bob.b@example.com', name: '', verified: 1, create_time: 1704164645000, language: null },
      { login: 'cleo', name: ' ', email: '', create_time: { $date: { $numberLong: '1704164645000' } } },
    ),
    '--format jsonl',
    installation,
  );
  assert.deepEqual([exitCode, counts?.made, counts?.refused], [0, 3, 0]);
  const [ada, bob, cleo] = (await accountsOf(installation)).toSorted((a, b) =>
    String(a.login).localeCompare(String(b.login)),
  );
  const createTime = '2024-01-02T03:04:05.000Z';
  assert.deepEqual([ada?.id, ada?.name, ada?.active, ada?.create_time], ['42', 'ada', false, createTime]);
  assert.deepEqual([bob?.name, bob?.verified, bob?.create_time], ['bob.b', true, createTime]);
  assert.deepEqual([cleo?.name, cleo?.email, cleo?.create_time], ['cleo', undefined, createTime]);
});

test('what is no spelling of a flag refuses its line alone', async () => {
  const odd: readonly unknown[] = [{}, { toString: 1 }, ['true'], [[1]], 'constructor', 2];
  const people = odd.map((verified, i) => ({ login: `user${i}`, email: `user${i}@example.com`, verified }));
  const { exitCode, counts } = await runImport(lines(...people, { login: 'ada' }), '--format jsonl');
  assert.deepEqual([exitCode, counts?.made, counts?.refused], [1, 1, odd.length]);
});

test('CSV of databases is read as well', async () => {
  const installation = newInstallation();
  const csv =
    'ID;Login;Verified;Active;Email;create_time\n7;ada;t;TRUE;ada@example.com;2024-01-02 03:04:05 UTC\n';
  for (const text of [csv, csv.replaceAll(';', '\t').replace('ada;', 'bob;').replace('7', '8')]) {
    assert.deepEqual((await runImport(text, '--format csv --skip-existing', installation)).exitCode, 0, text);
  }
  const [ada] = await accountsOf(installation);
  assert.deepEqual([ada?.id, ada?.login, ada?.verified, ada?.active], ['7', 'ada', true, true]);
});

test('a mark that there is no password is no fault, and is counted', async () => {
  const installation = newInstallation();
  const marks = ['', '!', '!zV1pTJ4xWbJX9d0AmGc1rLqXw2vHnKe8yUo3sQfB', '*', '{CRYPT}!'];
  const people = marks.map((hash, i) => ({ login: `user${i}`, email: `user${i}@example.com`, hash }));
  const { exitCode, counts } = await runImport(
    lines(...people, { login: 'nobody', hash: '*' }),
    '--format jsonl',
    installation,
  );
  assert.deepEqual([exitCode, counts?.made, counts?.refused], [0, 6, 0]);
  assert.equal(counts?.without_password, 6);
  assert.deepEqual(counts?.notes, { no_password: 6, no_way_in: 1 });
  assert.ok((await accountsOf(installation, '--with-hashes')).every((account) => !('hash' in account)));
});

test('an account whose hash is of no use comes in without it where asked, and each is told', async () => {
  const installation = newInstallation();
  const bad = { login: 'bob', email: 'bob@example.com', hash: '{MD5}5f4dcc3b5aa765d61d8327deb882cf99?' };
  const text = lines({ login: 'ada', hash: bcrypt }, bad, { login: 'c d', hash: 'x'.repeat(2000) });
  const without = await runImport(text, '--format jsonl', installation);
  assert.deepEqual([without.exitCode, without.counts?.made, without.counts?.refused], [1, 1, 2]);
  assert.match(without.stderr, /"line":2.*--without-password/);
  const asked = '--format jsonl --restart --skip-existing --without-password';
  const dry = await runImport(text, `${asked} --dry-run`, installation);
  const withIt = await runImport(text, asked, installation);
  assert.deepEqual(
    [withIt.exitCode, withIt.counts],
    [
      1,
      {
        lines: 3,
        made: 1,
        existing: 1,
        refused: 1,
        done_before: 0,
        without_password: 1,
        notes: { unusable_hash: 1 },
      },
    ],
  );
  assert.deepEqual(dry.counts, withIt.counts);
  assert.deepEqual(withIt.refused, [[3, 'INVALID_DATA', 'login']]);
  assert.match(withIt.stderr, /^\{"without_password":\{"line":2,.*"field":"hash"/m);
  assert.ok(!withIt.stderr.includes('5f4dcc'));
  const again = await runImport(text, '--format jsonl --skip-existing --without-password', installation);
  assert.deepEqual(again.counts, { ...withIt.counts!, done_before: 3 });
});

test('for people it is told in sentences, and in the file of refused lines', async () => {
  const { run } = newInstallation();
  const file = newFile(
    'people.jsonl',
    lines({ login: 'a', hash: 'md5' }, { email: 'b@example.com', hash: '!' }),
  );
  const told = join(folder, 'told');
  const { exitCode, stdout, stderr } = await run(
    `accounts import ${file} --without-password --refused ${told}`,
  );
  assert.deepEqual([exitCode, stderr], [0, '']);
  assert.equal(
    stdout,
    [
      '2 lines: 2 accounts created, 0 lines refused.',
      '1 account came in without a password: there was none. "Forgot password" sets one.',
      '1 account came in without a password: the hash is of no use. "Forgot password" sets one.',
      '1 account came in with neither password nor address: only `accounts set-password` lets them in.\n',
    ].join('\n'),
  );
  assert.match(readFileSync(told, 'utf8'), /^\{"line":1,"code":"INVALID_DATA".*"without_password":true\}\n$/);
});

test('gzip and UTF-16 are read by what they begin with; what is damaged ends with a sentence', async () => {
  const text = lines({ login: 'ada', name: 'Ädä' });
  const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');
  for (const content of [gzipSync(text), utf16, Buffer.from(utf16).swap16(), gzipSync(utf16)]) {
    const installation = newInstallation();
    assert.equal((await runImport(content, '--format jsonl', installation)).exitCode, 0);
    assert.equal((await accountsOf(installation))[0]?.name, 'Ädä');
  }
  for (const content of [gzipSync(text).subarray(0, 30), Buffer.concat([utf16, Buffer.from([0x00, 0xd8])])]) {
    const { exitCode, stderr } = await runImport(content);
    assert.deepEqual([exitCode, /"detail":"The .*nothing more was read/.test(stderr)], [1, true], stderr);
  }
});
