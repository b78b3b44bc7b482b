import { sql } from 'kysely';
import type { EntriesText } from '../../../log/entry.ts';
import type { Database } from './database.ts';

/**
 * The entries after a position as JSON, which the database itself puts together: each verifier that starts reads up to
 * a million of them, and making objects first takes several times as long.
 */
export async function readEntriesText(
  { kysely, engine }: Database,
  after: number,
  limit: number,
): Promise<EntriesText | undefined> {
  const quoted = (column: string) =>
    engine === 'sqlite' ? sql`json_quote(${sql.ref(column)})` : sql`to_json(${sql.ref(column)})`;
  // Ids need no quoting, and `ended` holds JSON already.
  const subject = sql`case subject_kind
    when 'session' then concat('{"session":"', subject, '"}')
    when 'user' then concat('{"user":', subject, '}')
    when 'all' then '{"all":true}'
    else concat('{"', subject_kind, '":', ${quoted('subject')}, '}')
  end`;
  const ended = sql`case when ended is not null then concat(',"sessions":', ended) end`;
  const entry = sql<string>`concat('{"seq":', seq, ',"at":', at, ',"subject":', ${subject}, ',"action":"', action,
    '","reason":', ${quoted('reason')}, ${ended}, ',"expiresAt":', expires_at, '}')`;
  const page = kysely
    .selectFrom('log_entries')
    .select(['seq', entry.as('entry')])
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit);
  // SQLite joins the rows in the order of the subquery; an `order by` here would sort them again, in twice the time.
  const joined =
    engine === 'sqlite'
      ? sql<string | null>`group_concat(entry, ',')`
      : sql<string | null>`string_agg(entry, ',' order by seq)`;
  const { first, last, text } = await kysely
    .selectFrom(page.as('page'))
    .select((eb) => [eb.fn.min('seq').as('first'), eb.fn.max('seq').as('last'), joined.as('text')])
    .executeTakeFirstOrThrow();
  return text === null ? undefined : { first, last, text };
}
