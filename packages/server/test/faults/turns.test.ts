import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it, type TestContext } from 'node:test';
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import type { AccountLine } from '../../src/import-export/account-line.ts';
import { exportAccounts } from '../../src/import-export/export-accounts.ts';
import { importAccounts } from '../../src/import-export/import-accounts.ts';
import type { AccountId, SessionId } from '../../src/kernel/ids.ts';
import { pruneLog } from '../../src/log/prune-log.ts';
import { closeSessions } from '../../src/sessions/close-sessions.ts';
import { expireSessions } from '../../src/sessions/expire-sessions.ts';
import { forgetSessions } from '../../src/sessions/forget-sessions.ts';
import { openWorld, type World } from '../support/world.ts';
import { type Bulk, openBulk } from './support/bulk.ts';
import { full } from './support/full.ts';
import { measureTurns } from './support/turns.ts';

const uses = full ? 1_000_000 : 8_000;
const entries = full ? 1_000_000 : 20_000;
const imported = full ? 50_000 : 1_500;
const ofOneAccount = full ? 50_000 : 6_000;
const ofAll = full ? 100_000 : 2_500;

/** In one report. */
const reported = 2_000;
/** Reported between two rounds. */
const inOneRound = 100_000;
const hour = 3_600_000;
const day = 24 * hour;
/** Milliseconds. */
const longestTurn = 20;
/**
 * With a million ids at once: V8 has a table of all strings that were keys of a Map, which it copies when it grows, and
 * clears when it collects garbage. And with 50,000 rows in one transaction, which SQLite writes by its commit.
 */
const longestOfMany = 40;
const slowestCheck = 50;
const longestPruning = 120_000;

for (const engine of ['sqlite', 'postgres'] as const) {
  describe(`no turn of the event loop is long, on ${engine}`, () => {
    let w: World;
    let bulk: Bulk;
    before(async () => {
      w = await openWorld({ engine });
      bulk = await openBulk(engine, w.app.config.databaseUrl);
    });
    after(async () => {
      await bulk.close();
      await w.close();
    });

    /** Does the work, and checks a session all the while. */
    async function assertShort(
      t: TestContext,
      what: string,
      work: () => Promise<unknown>,
      most = longestTurn,
    ): Promise<number> {
      const person = await w.person();
      const checks: number[] = [];
      let over = false;
      const check = async () => {
        while (!over) {
          const since = performance.now();
          await w.app.context.read.sessions.find(person.sessionId);
          checks.push(performance.now() - since);
          await sleep(5);
        }
      };
      const checking = check();
      const turns = await measureTurns(work).finally(() => {
        over = true;
      });
      await checking;
      const slowest = checks.sort((a, b) => a - b).at(Math.floor((checks.length - 1) * 0.999))!;
      const told = `${what}: ${turns.whole.toFixed(0)} ms; turns of ${turns.busiest.toFixed(1)} ms at most, delays of ${turns.longest.toFixed(1)} ms; checks of ${slowest.toFixed(1)} ms`;
      t.diagnostic(told);
      // The garbage collector may have made one longer.
      assert.ok(turns.second <= most && turns.busiest <= 2 * most, told);
      if (full) assert.ok(slowest <= slowestCheck, told);
      return turns.whole;
    }

    /** Reports uses as verifiers of many services do, in rounds. */
    async function report(count: number, nextIds: () => readonly SessionId[]): Promise<void> {
      for (let i = 0; i < count; i += reported) {
        const some = nextIds().map((id) => [id, 0] as const);
        w.app.uses.noteReported(`service-${i}`, some);
        await turn();
        if ((i + reported) % inOneRound === 0) await w.app.uses.storeDue();
      }
      await w.app.uses.storeDue();
    }

    async function idsOf(accountId: AccountId): Promise<SessionId[]> {
      const ids: SessionId[] = [];
      for (;;) {
        const filter = { accountId, now: 0, idleSince: 0, take: 10_000 };
        const some = await w.app.context.read.sessions.listLiveIds(
          ids.length === 0 ? filter : { ...filter, after: ids.at(-1)! },
        );
        ids.push(...some);
        if (some.length < filter.take) return ids;
      }
    }

    it('while a million entries are forgotten', async (t) => {
      await bulk.expiredEntries(entries);
      const whole = await assertShort(t, `${entries} entries`, () => pruneLog(w.app.context));
      assert.equal(await bulk.count('select count(*) as n from log_entries where expires_at = 2'), 0);
      assert.ok(whole < longestPruning, `${whole} ms`);
    });

    it('while uses of sessions that nobody has are reported', async (t) => {
      const nobodys = () => {
        const bytes = randomBytes(16 * reported);
        return Array.from(
          { length: reported },
          (_, i) => bytes.toString('base64url', 16 * i, 16 * (i + 1)) as SessionId,
        );
      };
      await assertShort(t, `${uses} unknown uses`, () => report(uses, nobodys), longestOfMany);
    });

    it('while uses are stored, and their sessions are swept, closed and forgotten', async (t) => {
      const anna = await w.person();
      await bulk.sessions('use', uses, anna.id, w.clock.now() - hour);
      const ids = await idsOf(anna.id);
      // Those that were reported are not in this process any more.
      const takeSome = () => ids.splice(-reported);
      await assertShort(t, `${uses} uses`, () => report(uses, takeSome), longestOfMany);
      const behind = `select count(*) as n from sessions where id like 'use%' and request_time < ${w.clock.now() - hour / 2}`;
      // The service's own round may be under way.
      for (let i = 0; i < 200 && (await bulk.count(behind)) > 0; i++) await sleep(50);
      assert.equal(await bulk.count(behind), 0);
      w.clock.move(23 * hour);
      assert.equal(await expireSessions(w.app.context, 0), 0);
      w.clock.move(23.5 * hour);
      await bulk.run(`update sessions set request_time = ${w.clock.now() - 1} where id like 'use%'`);
      await assertShort(t, `a sweep over ${uses} that are in use`, () => expireSessions(w.app.context, 0));
      w.clock.move(25 * hour);
      await assertShort(t, `${uses} go idle`, () => expireSessions(w.app.context, 0));
      assert.equal(
        await bulk.count("select count(*) as n from sessions where id like 'use%' and close_time is null"),
        0,
      );
      w.clock.move(100 * day);
      // One whose end the log still tells of stays.
      await pruneLog(w.app.context);
      await assertShort(t, `${uses} are forgotten`, () => forgetSessions(w.app.context));
      assert.equal(await bulk.count("select count(*) as n from sessions where id like 'use%'"), 0);
    });

    it('while very many sessions are closed at once', async (t) => {
      const { context } = w.app;
      const longestOfAccount = engine === 'sqlite' ? longestOfMany : longestTurn;
      const ben = await w.person();
      await bulk.sessions('own', ofOneAccount, ben.id, w.clock.now());
      const clear = () => closeSessions(context, { accountId: ben.id, reason: 'cleared' });
      await assertShort(t, `${ofOneAccount} sessions of one account`, clear, longestOfAccount);
      const root = await w.admin();
      const path = `/api/v1/accounts/${ben.id}`;
      await bulk.sessions('del', ofOneAccount, ben.id, w.clock.now());
      const remove = async () => {
        assert.equal((await w.call({ method: 'DELETE', path, headers: w.byHeader(root) })).status, 204);
      };
      await assertShort(t, 'an account that is deleted with as many', remove, longestOfAccount);
      await bulk.sessions('all', ofAll, root.id, w.clock.now());
      await assertShort(t, `${ofAll} sessions of all`, () => closeSessions(context, { reason: 'admin' }));
      assert.equal(await bulk.count('select count(*) as n from sessions where close_time is null'), 0);
    });

    it('while accounts are imported and exported', async (t) => {
      const { context } = w.app;
      async function* records() {
        for (let i = 0; i < imported; i++) {
          const read = (): AccountLine => ({
            login: `imported-${i}`,
            name: `Person ${i}`,
            email: `person${i}@example.com`,
          });
          yield [{ line: i + 1, text: `line ${i}`, read }];
        }
      }
      const refuse = (_line: number, error: Error) => assert.fail(error);
      await assertShort(t, `${imported} accounts`, () =>
        importAccounts(context, { records: records(), refuse }),
      );
      let exported = 0;
      await assertShort(t, 'an export', async () => {
        for await (const some of exportAccounts(context)) exported += some.length;
      });
      assert.ok(exported > imported);
    });
  });
}
