import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';

/** Reads a database as it is, past the service. */
export interface RawDatabase {
  rows(sql: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

/** Opens the database that a LATCHKEY_DATABASE_URL names, for reading. */
export async function openRaw(url: string): Promise<RawDatabase> {
  if (url.startsWith('sqlite:')) {
    const database = new DatabaseSync(url.slice('sqlite:'.length), { readOnly: true, timeout: 5000 });
    return {
      rows: async (sql) => database.prepare(sql).all(),
      close: async () => database.close(),
    };
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return {
    rows: async (sql) => (await client.query(sql)).rows,
    close: () => client.end(),
  };
}

/** Everything that must never be in the database, whenever the service was killed: what it is, and how many there are. */
const halfMade: Readonly<Record<string, string>> = {
  'accounts without a password':
    'select count(*) as n from accounts where id not in (select account_id from passwords)',
  'accounts without e-mail settings':
    'select count(*) as n from accounts where id not in (select account_id from email_settings)',
  'accounts without the session of their sign-up':
    'select count(*) as n from accounts where id not in (select account_id from sessions)',
  'passwords without an account':
    'select count(*) as n from passwords where account_id not in (select id from accounts)',
  'sessions without an account':
    'select count(*) as n from sessions where account_id not in (select id from accounts)',
  'ended sessions without exactly one entry in the log': `select count(*) as n from sessions where close_time is not null
    and 1 <> (select count(*) from log_entries where (subject_kind = 'session' and subject = sessions.id)
      or ended like '%"' || sessions.id || '"%')`,
  'entries about sessions that have not ended': `select count(*) as n from log_entries where subject_kind = 'session'
    and subject in (select id from sessions where close_time is null)`,
  'gaps in the log': 'select (select head - pruned from log_head) - (select count(*) from log_entries) as n',
  'entries beyond the head': 'select count(*) as n from log_entries where seq > (select head from log_head)',
};

/** What is wrong in a database whose accounts were all made by sign-ups with an e-mail address. */
export async function faultsOf(database: RawDatabase): Promise<string[]> {
  const faults: string[] = [];
  for (const [what, sql] of Object.entries(halfMade)) {
    const n = Number((await database.rows(sql))[0]?.n);
    if (n !== 0) faults.push(`${n} ${what}`);
  }
  return faults;
}
