import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, newFolder, startProcess, startServer } from './support/server-process.ts';

/** The promise is 2 s; a machine that runs other tests as well is given more. */
const patience = 10_000;
const masterKey = '00112233445566778899aabbccddeeff'.repeat(2);

interface Refusal {
  readonly code: number;
  readonly stderr: string;
  readonly stdout: string;
}

function folderOf(t: TestContext): string {
  const folder = newFolder();
  t.after(() => folder.remove());
  return folder.path;
}

/** Runs `serve` with settings under which it cannot start; it must end in time and tell why in plain sentences. */
async function refused(settings: Readonly<Record<string, string>>): Promise<Refusal> {
  const run = startProcess(['serve'], settings);
  const late = setTimeout(() => run.child.kill('SIGKILL'), patience);
  const { code, signal } = await run.exited;
  clearTimeout(late);
  assert.equal(signal, null, `it did not end within ${patience} ms: ${run.stdout()}${run.stderr()}`);
  const told = { code: code!, stderr: run.stderr(), stdout: run.stdout() };
  assert.doesNotMatch(told.stderr + told.stdout, /^\s+at /m, 'a stack trace');
  assert.doesNotMatch(told.stdout, /listening|is ready/, 'it listened before it gave up');
  assert.match(told.stderr, /\S/);
  return told;
}

/** One line, one sentence. */
function assertOneSentence({ code, stderr }: Refusal, expected: RegExp, exitCode = 1): void {
  assert.equal(code, exitCode, stderr);
  assert.match(stderr, expected);
  assert.equal(stderr.trim().split('\n').length, 1, stderr);
}

describe('a server that cannot start', { concurrency: 2 }, () => {
  it('tells every wrong setting, without the value of a secret, and exits with 2', async (t) => {
    const secret = 'hunter2hunter2hunter2';
    const { code, stderr } = await refused({
      PORT: 'http',
      LATCHKEY_DATA_DIR: folderOf(t),
      LATCHKEY_SESSION_IDLE: 'soon',
      LATCHKEY_MASTER_KEY: secret,
      LATCHKEY_PASWORD_MIN_LENGTH: '20',
    });
    assert.equal(code, 2);
    assert.match(stderr, /PORT must be a whole number/);
    assert.match(stderr, /LATCHKEY_SESSION_IDLE must be a duration/);
    assert.match(stderr, /LATCHKEY_MASTER_KEY must contain/);
    assert.match(stderr, /LATCHKEY_PASWORD_MIN_LENGTH is unknown.*LATCHKEY_PASSWORD_MIN_LENGTH\?/);
    assert.ok(!stderr.includes(secret));
  });

  it('says that the port is in use', async (t) => {
    const other = createServer();
    t.after(() => other.close());
    const PORT = await freePort();
    await new Promise<void>((resolve) => other.listen(Number(PORT), '127.0.0.1', resolve));
    const settings = { PORT, HOST: '127.0.0.1', LATCHKEY_DATA_DIR: folderOf(t) };
    assertOneSentence(await refused(settings), new RegExp(`port is in use.*${PORT}`));
  });

  it('says that the port of the metrics is in use', async (t) => {
    const other = createServer();
    t.after(() => other.close());
    const taken = await freePort();
    await new Promise<void>((resolve) => other.listen(Number(taken), '127.0.0.1', resolve));
    const expected = new RegExp(`port is in use.* another LATCHKEY_METRICS_PORT .*${taken}`);
    const common = { PORT: await freePort(), HOST: '127.0.0.1', LATCHKEY_METRICS_PORT: taken };
    const told = startProcess(['serve'], { ...common, LATCHKEY_DATA_DIR: folderOf(t) });
    const edge = startProcess(['forward-auth'], {
      ...common,
      PORT: await freePort(),
      LATCHKEY_PUBLIC_URL: 'http://127.0.0.1:1',
      LATCHKEY_SERVICE_KEY: 'lks_none',
    });
    for (const { exited, stderr } of [told, edge]) {
      const { code } = await exited;
      assertOneSentence({ code: code!, stderr: stderr(), stdout: '' }, expected);
    }
  });

  it('says that the port of forward authentication is in use', async (t) => {
    const other = createServer();
    t.after(() => other.close());
    const PORT = await freePort();
    await new Promise<void>((resolve) => other.listen(Number(PORT), '127.0.0.1', resolve));
    const edge = startProcess(['forward-auth'], {
      PORT,
      LATCHKEY_PUBLIC_URL: 'http://127.0.0.1:1',
      LATCHKEY_SERVICE_KEY: 'lks_none',
    });
    const { code } = await edge.exited;
    assertOneSentence({ code: code!, stderr: edge.stderr(), stdout: '' }, /port is in use.* another PORT /);
  });

  for (const [what, below] of [
    ['below a file', 'file'],
    ['below a file, more than one level', 'file/a/b'],
  ] as const) {
    it(`says that the data folder cannot be made: ${what}`, async (t) => {
      const folder = folderOf(t);
      writeFileSync(join(folder, 'file'), '');
      const settings = { PORT: await freePort(), LATCHKEY_DATA_DIR: join(folder, below) };
      assertOneSentence(await refused(settings), /file/);
    });
  }

  it('says that the data folder cannot be made, where the system knows no files', async () => {
    const settings = { PORT: await freePort(), LATCHKEY_DATA_DIR: '/proc/latchkey' };
    assertOneSentence(await refused(settings), /\/proc\/latchkey/);
  });

  it('says that the database is no database', async (t) => {
    const folder = folderOf(t);
    writeFileSync(join(folder, 'latchkey.db'), 'This is a letter to my aunt. '.repeat(400));
    const settings = { PORT: await freePort(), LATCHKEY_DATA_DIR: folder };
    assertOneSentence(await refused(settings), /latchkey\.db.*not a database/);
  });

  it('says that the database belongs to a newer version', async (t) => {
    const folder = folderOf(t);
    const settings = { PORT: await freePort(), LATCHKEY_DATA_DIR: folder };
    await (await startServer(settings)).end('SIGTERM');
    const database = new DatabaseSync(join(folder, 'latchkey.db'));
    database.exec(`insert into latchkey_migration (name, timestamp) values ('9999-later', '2040-01-01')`);
    database.close();
    assertOneSentence(await refused(settings), /newer version.*9999-later/);
  });

  it('says that the master key is another one', async (t) => {
    const settings = {
      PORT: await freePort(),
      LATCHKEY_DATA_DIR: folderOf(t),
      LATCHKEY_MASTER_KEY: masterKey,
    };
    await (await startServer(settings)).end('SIGTERM');
    const wrong = 'cd'.repeat(32);
    const told = await refused({ ...settings, LATCHKEY_MASTER_KEY: wrong });
    assertOneSentence(told, /LATCHKEY_MASTER_KEY/);
    assert.ok(!told.stderr.includes(wrong));
  });

  it('says that the keys are damaged', async (t) => {
    const folder = folderOf(t);
    const settings = { PORT: await freePort(), LATCHKEY_DATA_DIR: folder };
    await (await startServer(settings)).end('SIGTERM');
    writeFileSync(join(folder, 'keys.json'), '{"format":1,"keys":[');
    assertOneSentence(await refused(settings), /keys\.json.*damaged/);
  });

  it('says that PostgreSQL does not answer, without its password', async (t) => {
    const told = await refused({
      PORT: await freePort(),
      LATCHKEY_DATA_DIR: folderOf(t),
      LATCHKEY_DATABASE_URL: `postgres://latchkey:hunter2hunter2@127.0.0.1:${await freePort()}/latchkey`,
    });
    assertOneSentence(told, /database/i, 4);
    assert.ok(!told.stderr.includes('hunter2'));
  });
});

describe('a first start', () => {
  it('is ready soon and tells how to make an admin and where the reference page is', async (t) => {
    const begin = performance.now();
    const server = await startServer({ PORT: await freePort(), LATCHKEY_DATA_DIR: folderOf(t) });
    t.diagnostic(`ready after ${(performance.now() - begin).toFixed(0)} ms`);
    try {
      // It tells so once it is ready.
      while (!server.stdout().includes('services add')) await sleep(20);
      const lines = server.stdout().trim().split('\n');
      const messages = lines.map((line) => (JSON.parse(line) as { readonly msg: string }).msg);
      assert.ok(messages.some((message) => message.includes('npx latchkey accounts create --admin')));
      assert.ok(messages.some((message) => message.includes(`${server.url}/docs`)));
      assert.ok(messages.some((message) => message.includes('npx latchkey services add')));
      assert.equal(server.stderr(), '');
      const docs = await server.client.open({ method: 'GET', path: '/docs/' });
      docs.resume();
      assert.equal(docs.statusCode, 200);
    } finally {
      await server.end('SIGTERM');
    }
  });
});
