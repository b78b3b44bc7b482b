import { type Expression, type SqlBool, sql } from 'kysely';
import type { TimeRange } from '../../../kernel/clock/clock.ts';

/**
 * Whether a time is not within the range. Where that has no end, which is so unless the clock was set back, an index on
 * the time finds the oldest.
 */
export function outside(time: Expression<unknown>, { after, upTo }: TimeRange): Expression<SqlBool> {
  if (upTo === Number.MAX_SAFE_INTEGER) return sql<SqlBool>`${time} < ${after}`;
  return sql<SqlBool>`(${time} < ${after} or ${time} > ${upTo})`;
}
