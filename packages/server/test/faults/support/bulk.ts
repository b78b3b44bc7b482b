import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import type { Engine } from '../../support/stores.ts';

/** Writes many rows past the service. */
export interface Bulk {
  /** Open sessions of an account, used at this time, whose ids begin with `prefix`. */
  sessions(prefix: string, count: number, accountId: string, requestTime: number): Promise<void>;
  /** Entries of the log that have expired. */
  expiredEntries(count: number): Promise<void>;
  run(sql: string): Promise<void>;
  count(sql: string): Promise<number>;
  close(): Promise<void>;
}

const columns =
  'id, account_id, open_time, request_time, swept_time, expire_time, address, client, platform, auth_time, amr, data';
const fourteenDays = 14 * 24 * 3_600_000;

/** Opens the database that a LATCHKEY_DATABASE_URL names. */
export async function openBulk(engine: Engine, url: string): Promise<Bulk> {
  const { run, count, close } = await connect(engine, url);
  const numbers = (n: number) =>
    engine === 'sqlite'
      ? `(with recursive n(i) as (select 1 union all select i + 1 from n where i < ${n}) select i from n)`
      : `generate_series(1, ${n}) n(i)`;
  // Spread over the table, as random ids are.
  const id =
    engine === 'sqlite'
      ? `substr('$prefix' || lower(hex(randomblob(11))), 1, 21) || 'A'`
      : `substr('$prefix' || md5(i::text), 1, 21) || 'A'`;
  return {
    run,
    count,
    close,
    sessions: (prefix, n, accountId, time) =>
      run(`insert into sessions (${columns})
        select ${id.replace('$prefix', prefix)}, ${accountId}, ${time}, ${time}, ${time}, ${time + fourteenDays},
          '192.0.2.1', 'Firefox 140', 'Linux', ${time}, '["pwd"]', '{}' from ${numbers(n)}`),
    async expiredEntries(n) {
      const head = await count('select head as n from log_head');
      await run(`insert into log_entries (seq, subject_kind, subject, action, reason, at, expires_at)
        select ${head} + i, 'session', 'gone-' || i, 'reject', 'signout', 1, 2 from ${numbers(n)}`);
      await run(`update log_head set head = ${head + n}`);
    },
  };
}

async function connect(engine: Engine, url: string) {
  if (engine === 'sqlite') {
    const database = new DatabaseSync(url.slice('sqlite:'.length), { timeout: 5000 });
    return {
      run: async (sql: string) => database.exec(sql),
      count: async (sql: string) => Number(database.prepare(sql).get()!.n),
      close: async () => database.close(),
    };
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return {
    run: async (sql: string) => void (await client.query(sql)),
    count: async (sql: string) => Number((await client.query(sql)).rows[0].n),
    close: () => client.end(),
  };
}
