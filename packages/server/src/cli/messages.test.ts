import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { exitCodes } from './frame/exit-codes.ts';
import { newInstallation } from './testing.ts';

const password = 'correct horse battery staple';

/** What speaks of a request, and so to nobody at a command line. */
const ofHttp = /request|well formed|See errors|Retry-After|with that name|header|body/i;

test('what is refused is told in the words of the command line', async () => {
  const { run } = newInstallation();
  await run('migrate');
  const create = 'accounts create --password-stdin';
  for (const [args, expected] of [
    [`${create} --name N --login 12`, /^INVALID_DATA: This is not allowed: --login must be /],
    [`${create} --login ada --name ${'x'.repeat(200)}`, /: --name must be /],
    [`${create} --login ada --name N --email nobody`, /: --email must be /],
    ['services add a/b', /: NAME must be /],
    ['accounts disable nobody', /^NOT_FOUND: There is no such account\.$/],
    ['accounts set-password nobody --password-stdin', /^NOT_FOUND: There is no such account\.$/],
    ['roles grant nobody admin', /^NOT_FOUND: There is no such account\.$/],
    ['services remove nothing', /^NOT_FOUND: There is no such service\.$/],
    ['keys revoke nothing', /^NOT_FOUND: There is no such signing key\.$/],
    ['mail retry nothing', /^NOT_FOUND: There is no parked mail by that id\.$/],
  ] as const) {
    const { stderr, stdout } = await run(args, password);
    assert.equal(stdout, '', args);
    assert.match(stderr.trimEnd(), expected, args);
    assert.doesNotMatch(stderr, ofHttp, args);
  }
  await run(`${create} --login ada --name Ada`, password);
  const role = await run('roles grant ada a b:c:d --json');
  const { error } = JSON.parse(role.stderr) as { error: { errors: { field: string }[] } };
  assert.deepEqual(
    error.errors.map(({ field }) => field),
    ['ROLE'],
  );
});

test('wrong options are named, but never a word that was typed', async () => {
  const { run } = newInstallation();
  for (const [args, expected] of [
    ['accounts list --limti 3', 'There is no such option. Did you mean --limit?'],
    ['accounts list --hunter2', 'There is no such option.'],
    ['accounts list -x', 'There is no such option.'],
    ['accounts list --limit', '--limit needs a value.'],
    [
      'accounts list --search --limit 3',
      '--search needs a value; write one that begins with a dash as --search=VALUE.',
    ],
    ['accounts list --limit 3 --limit 4', '--limit is given twice.'],
    ['sessions list --all=hunter2', '--all takes no value.'],
    ['sessions close', 'Name sessions by their ids, or give --user LOGIN_OR_ID, or --all: one of the three.'],
    ['sessions close AAAAAAAAAAAAAAAAAAAAAA --all', 'Name sessions by their ids, or give --user'],
    ['sessions close --all --user ada', 'Name sessions by their ids, or give --user'],
  ] as const) {
    const { exitCode, stdout, stderr } = await run(args);
    assert.deepEqual([exitCode, stdout], [exitCodes.usage, ''], args);
    assert.ok(stderr.startsWith(`USAGE: ${expected}`), stderr);
    assert.ok(!stderr.includes('hunter2'));
  }
});

test('a value may begin with a dash, and what follows -- is no option', async () => {
  const { run } = newInstallation();
  await run('migrate');
  assert.deepEqual(JSON.parse((await run('accounts list --search=-a --json')).stdout), { data: [] });
  const { stderr } = await run('accounts disable -- --json');
  assert.equal(stderr, 'NOT_FOUND: There is no such account.\n');
});

test('a database that another process holds is not available, by its exit code', async () => {
  const { run, dataDir } = newInstallation();
  await run('migrate');
  const holder = new DatabaseSync(join(dataDir, 'latchkey.db'));
  holder.exec('begin immediate');
  const { exitCode, stderr } = await run('services add orders');
  holder.exec('rollback');
  holder.close();
  assert.equal(exitCode, exitCodes.unavailable);
  assert.match(stderr, /^STORE: The database .+ is locked\.\n$/);
});

test('a PostgreSQL that does not answer is not available either, without its password', async () => {
  const { run } = newInstallation({ LATCHKEY_DATABASE_URL: 'postgres://u:hunter2@127.0.0.1:1/latchkey' });
  for (const verb of ['accounts list', 'migrate']) {
    const { exitCode, stderr } = await run(verb);
    assert.equal(exitCode, exitCodes.unavailable, stderr);
    assert.match(stderr, /^STORE: The PostgreSQL database cannot be opened: .+\n$/);
    assert.ok(!stderr.includes('hunter2'));
  }
});
