import { type RawBuilder, sql } from 'kysely';
import type { Database } from './database.ts';

/** Columns of a table that are moved back where one of them lies ahead: that has an index, but for the last use. */
interface Moves {
  readonly table: string;
  readonly indexes: readonly string[];
  /** Times of what has happened. */
  readonly past: readonly string[];
  /** The end of a wait, and when that began. */
  readonly end?: readonly [end: string, begin: string];
}

/** Shorter waits are over before anything is settled. */
const allMoves: readonly Moves[] = [
  {
    table: 'sessions',
    indexes: ['open_time', 'request_time', 'close_time'],
    past: ['open_time', 'request_time', 'swept_time', 'auth_time', 'close_time'],
    end: ['expire_time', 'open_time'],
  },
  {
    table: 'mails',
    indexes: ['create_time'],
    past: ['create_time', 'sent_time'],
    end: ['expire_time', 'create_time'],
  },
  {
    table: 'invitations',
    indexes: ['update_time'],
    past: ['create_time', 'update_time', 'sent_time'],
    end: ['expire_time', 'sent_time'],
  },
];

/** As `settle` of the clock's port says. */
export async function settleTimes(
  database: Database,
  range: { readonly ahead: number; readonly to: number },
  limit: number,
): Promise<number> {
  // Written into the statements: PostgreSQL could not infer the types of parameters here.
  const [ahead, to] = [sql.lit(range.ahead), sql.lit(range.to)];
  let count = 0;
  for (const moves of allMoves) {
    for (const index of moves.indexes) {
      if (count < limit) count += await moveBack(database, moves, index, { ahead, to, limit: limit - count });
    }
  }
  await sql`update invitation_sends set time = ${to} where time > ${ahead}`.execute(database.kysely);
  return count;
}

async function moveBack(
  { kysely, engine }: Database,
  { table, past, end }: Moves,
  index: string,
  {
    ahead,
    to,
    limit,
  }: { readonly ahead: RawBuilder<number>; readonly to: RawBuilder<number>; limit: number },
): Promise<number> {
  const changes = past.map((name) => sql`${sql.ref(name)} = ${moved(name, to, name)}`);
  if (end !== undefined) {
    const [name, begin] = end;
    const ended = sql`${to} + ${sql.ref(name)} - ${sql.ref(begin)}`;
    changes.push(sql`${sql.ref(name)} = ${moved(begin, ended, name)}`);
  }
  function moved(time: string, then: RawBuilder<unknown>, other: string) {
    return sql`case when ${sql.ref(time)} > ${ahead} then ${then} else ${sql.ref(other)} end`;
  }
  // Only closed sessions are many.
  const isLive = table === 'sessions' && index === 'request_time' ? sql`and close_time is null` : sql``;
  const lock = engine === 'postgres' ? sql`for update skip locked` : sql``;
  const result = await sql`
    update ${sql.table(table)} set ${sql.join(changes)} where id in (
      select id from ${sql.table(table)} where ${sql.ref(index)} > ${ahead} ${isLive} limit ${sql.lit(limit)} ${lock})`.execute(
    kysely,
  );
  return Number(result.numAffectedRows);
}
