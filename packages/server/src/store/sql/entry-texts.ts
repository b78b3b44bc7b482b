import { sql } from 'kysely';
import type { EntryText } from '../../revocations/entry.ts';
import type { Database } from './database.ts';

/**
 * The JSON texts of entries after a position, put together by the database: objects, of which a million are made for
 * each verifier that starts, take three times as long.
 */
export async function listEntryTexts(
  { kysely, engine }: Database,
  after: number,
  limit: number,
): Promise<EntryText[]> {
  const quoted = (column: string) =>
    engine === 'sqlite' ? sql`json_quote(${sql.ref(column)})` : sql`to_json(${sql.ref(column)})`;
  const subject = sql`case subject_kind
    when 'session' then concat('{"session":"', subject, '"}')
    when 'user' then concat('{"user":', subject, '}')
    when 'all' then '{"all":true}'
    else concat('{"', subject_kind, '":', ${quoted('subject')}, '}')
  end`;
  const ended = sql`case when ended is not null then concat(',"sessions":', ended) end`;
  const text = sql<string>`concat('{"seq":', seq, ',"at":', at, ',"subject":', ${subject}, ',"action":"', action,
    '","reason":', ${quoted('reason')}, ${ended}, ',"expiresAt":', expires_at, '}')`;
  return kysely
    .selectFrom('revocations')
    .select(['seq', text.as('text')])
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit)
    .execute();
}
