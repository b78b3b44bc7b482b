/**
 * Fills the store of a stopped server with accounts by plain SQL: each has a session, a role of its own and one on a
 * site that a hundred share. Sends the cookies and ids of accounts spread over all of them.
 */
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { openContext } from '../../packages/server/src/app/open-context.ts';
import { loadConfig } from '../../packages/server/src/config/config.ts';
import type { SessionId } from '../../packages/server/src/kernel/ids.ts';

export interface SeededLists {
  callers: { id: string; cookie: string }[];
}

const CALLERS = 1000;
const PER_SITE = 100;
const FIRST = 2 ** 52;
const count = Number(process.env.ACCOUNTS);

const config = loadConfig(process.env, { cwd: process.cwd() });
const { context, close } = await openContext(config);
const now = context.clock.now();
const postgres = config.databaseUrl.startsWith('postgres');
await fill();
const step = count / Math.min(count, CALLERS);
const callers = Array.from({ length: Math.min(count, CALLERS) }, (_, k) => {
  const n = Math.floor(k * step);
  const cookie = `x-session-id=${context.credentials.sign(sessionId(n))}`;
  return { id: String(FIRST + n), cookie };
});
await close();
process.send?.({ callers } satisfies SeededLists);

function sessionId(n: number): SessionId {
  return `${String(n).padStart(21, '0')}A` as SessionId;
}

function fillStatements(): string[] {
  const numbers = (upTo: number) =>
    postgres
      ? `generate_series(0, ${upTo - 1}) as numbers(n)`
      : `(with recursive numbers(n) as (select 0 union all select n + 1 from numbers where n < ${upTo - 1}) select n from numbers)`;
  const padded = postgres ? `lpad(n::text, 21, '0') || 'A'` : `printf('%021dA', n)`;
  const site = `'site-' || (n / ${PER_SITE})`;
  const account = `${FIRST} + n`;
  const absolute = now + context.policy.sessionAbsolute;
  return [
    `insert into accounts (id, login, login_key, search_key, name, create_time, active, deleted, time_zone, language, theme, custom_hdr, custom_dat)
     select ${account}, 'user' || n, 'user' || n, 'user' || n, 'User ' || n, ${now} - n, 1, 0, 'UTC', 'en', '', '{}', '{}' from ${numbers(count)}`,
    `insert into sites (id, create_time, creator_id, active, deleted, search_key, name, description, address, language, timezone, industry, purpose, params)
     select 'site-' || n, ${now}, ${FIRST}, 1, 0, 'site ' || n, 'Site ' || n, '', '', 'en', 'UTC', '', '', '{}' from ${numbers(Math.ceil(count / PER_SITE))}`,
    `insert into account_roles (account_id, role) select ${account}, 'member' from ${numbers(count)}`,
    `insert into account_roles (account_id, role) select ${account}, ${site} || ':user' from ${numbers(count)}`,
    `insert into sessions (id, account_id, open_time, request_time, expire_time, address, client, platform, auth_time, amr, data)
     select ${padded}, ${account}, ${now} - n, ${now}, ${absolute}, '192.0.2.1', 'Chrome 140.0.0.0', 'Windows 10', ${now}, '["pwd"]', '{}' from ${numbers(count)}`,
    'analyze',
  ];
}

async function fill(): Promise<void> {
  if (postgres) {
    const client = new pg.Client(config.databaseUrl);
    await client.connect();
    for (const statement of fillStatements()) await client.query(statement);
    await client.end();
    return;
  }
  const database = new DatabaseSync(config.databaseUrl.slice('sqlite:'.length));
  for (const statement of fillStatements()) database.exec(statement);
  database.close();
}
