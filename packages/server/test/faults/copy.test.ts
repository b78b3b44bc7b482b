import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { openStore } from '../../src/adapters/store/open-store.ts';
import { fill, newUrl, readAll, readCatalog } from '../copy/support.ts';
import { type LatchkeyProcess, newFolder, startProcess } from '../e2e/support/server-process.ts';
import type { Engine } from '../support/stores.ts';
import { full } from './support/full.ts';

const engines: readonly Engine[] = ['sqlite', 'postgres'];
const rows = full ? 4000 : 250;
const kills = full ? 30 : 3;
const main = join(import.meta.dirname, '../../src/main.ts');

describe('a copy that is interrupted', () => {
  let catalog: Awaited<ReturnType<typeof readCatalog>>;
  let sources: Readonly<Record<Engine, string>>;
  let expected: Record<string, unknown>;
  const undo: (() => Promise<void>)[] = [];
  const later = (cleanUp: () => Promise<void>) => void undo.push(cleanUp);
  before(async () => {
    const postgres = await newUrl('postgres', later, { empty: false });
    const sqlite = await newUrl('sqlite', later, { empty: false });
    catalog = await readCatalog(postgres);
    sources = { sqlite, postgres };
    for (const url of [sqlite, postgres]) await fill(url, catalog, rows);
    expected = await readAll(sqlite, catalog);
  });
  after(async () => {
    for (const cleanUp of undo.toReversed()) await cleanUp();
  });

  async function begin(t: TestContext, { from, to }: { readonly from: Engine; readonly to: Engine }) {
    const { path, remove } = newFolder();
    t.after(remove);
    const source = sources[from];
    const target = await newUrl(to, later);
    const settings = { LATCHKEY_DATABASE_URL: source, LATCHKEY_DATA_DIR: path };
    return {
      source,
      target,
      settings,
      newTarget: () => newUrl(to, later),
      start: (url = target) => startProcess(['copy', '--to', url, '--json'], settings),
      isWhole: async (url = target) => assert.deepEqual(await readAll(url, catalog), expected),
      isUnchanged: async () => assert.deepEqual(await readAll(source, catalog), expected),
    };
  }

  for (const to of engines) {
    it(`by kill -9 leaves nothing in ${to}, and can be run again`, async (t) => {
      const { start, isWhole, isUnchanged, newTarget, target } = await begin(t, { from: 'sqlite', to });
      const started = performance.now();
      const whole = start(await newTarget());
      assert.deepEqual(await whole.exited, { code: 0, signal: null }, whole.stderr());
      const time = performance.now() - started;
      let [url, interrupted] = [target, 0];
      for (let kill = 0; kill < kills; kill += 1) {
        const run = start(url);
        await underWay(run, url);
        await sleep((time * kill) / kills / 2);
        run.child.kill('SIGKILL');
        await run.exited;
        if (await isEmpty(url)) interrupted += 1;
        else {
          // It was done already.
          await isWhole(url);
          url = await newTarget();
        }
        await isUnchanged();
      }
      t.diagnostic(`${interrupted} of ${kills} were interrupted`);
      assert.ok(interrupted > 0);
      const last = start(url);
      assert.deepEqual(await last.exited, { code: 0, signal: null }, last.stderr());
      await isWhole(url);
    });
  }

  for (const [place, from, to] of [
    ['target', 'sqlite', 'postgres'],
    ['source', 'postgres', 'sqlite'],
  ] as const) {
    it(`by the loss of the ${place} says so, and leaves nothing`, async (t) => {
      const { start, isWhole, target, source } = await begin(t, { from, to });
      const run = start();
      const lost = place === 'target' ? target : source;
      await underWay(run, lost);
      await sleep(20);
      await ask(lost, `select pg_terminate_backend(pid) from pg_stat_activity where ${copies}`);
      assert.deepEqual(await run.exited, { code: 4, signal: null }, run.stdout());
      assert.match(JSON.parse(run.stderr()).error.message, new RegExp(`^The ${place} \\(`));
      assert.ok(await isEmpty(target));
      const again = start();
      assert.deepEqual(await again.exited, { code: 0, signal: null }, again.stderr());
      await isWhole();
    });
  }

  it('by a full disk says so, and leaves nothing', async (t) => {
    const { settings, target, start, isWhole } = await begin(t, { from: 'postgres', to: 'sqlite' });
    // A file may have a mebibyte; the write that would make it larger fails as on a full disk.
    const limited = `trap '' XFSZ; ulimit -f 1024; exec "$@"`;
    const child = spawn('bash', ['-c', limited, 'sh', process.execPath, main, 'copy', '--to', target], {
      env: { PATH: process.env.PATH, ...settings },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let told = '';
    child.stderr.on('data', (chunk) => (told += chunk));
    assert.deepEqual(await once(child, 'close'), [4, null], told);
    assert.match(told, /^STORE: The target \(--to\): .*(full|I\/O)/);
    assert.ok(await isEmpty(target));
    const again = start();
    assert.deepEqual(await again.exited, { code: 0, signal: null }, again.stderr());
    await isWhole();
  });

  it('cannot be overtaken by a server, which waits and then has everything', async (t) => {
    const { start, target, isWhole } = await begin(t, { from: 'sqlite', to: 'postgres' });
    const run = start();
    await underWay(run, target);
    const { path, remove } = newFolder();
    t.after(remove);
    const migration = startProcess(['migrate'], { LATCHKEY_DATABASE_URL: target, LATCHKEY_DATA_DIR: path });
    assert.equal((await run.exited).code, 0, run.stderr());
    assert.equal((await migration.exited).code, 0, migration.stderr());
    await isWhole();
  });
});

const copies = "application_name = 'latchkey copy' and datname = current_database()";

async function ask(url: string, query: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(query)).rows.length;
  } finally {
    await client.end();
  }
}

/** Waits until rows are being copied to the database, or from it. */
async function underWay(run: LatchkeyProcess, url: string): Promise<void> {
  const ended = once(run.child, 'close').then(() => true);
  const query = `select from pg_stat_activity where ${copies} and query ~ '^(insert|declare|fetch|select)'`;
  const begun = async () => (url.startsWith('sqlite:') ? isHeld(url) : (await ask(url, query)) > 0);
  while (!(await begun())) {
    if (await Promise.race([ended, sleep(2)])) return;
  }
}

/** Whether somebody has locked the whole file. */
function isHeld(url: string): boolean {
  using file = new DatabaseSync(url.slice('sqlite:'.length), { timeout: 0 });
  try {
    file.exec('select 1 from sqlite_schema');
    return false;
  } catch {
    return true;
  }
}

/** Whether the database has no table of Latchkey, once nobody works on it any more. */
async function isEmpty(url: string): Promise<boolean> {
  while (url.startsWith('postgres') && (await ask(url, `select from pg_stat_activity where ${copies}`)) > 0)
    await sleep(10);
  try {
    await (await openStore(url, { mustExist: true })).close();
    return false;
  } catch (error) {
    assert.equal((error as Error).name, 'MissingDatabaseError');
    return true;
  }
}
