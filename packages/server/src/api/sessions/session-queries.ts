import { Type } from '@sinclair/typebox';
import { idsOf, pageQuery, timeOf } from '../../http/lists.ts';
import { given } from '../../kernel/given.ts';
import type { SessionFilter } from '../../sessions/session.ts';
import type { HttpContext } from '../context.ts';
import { readSessionId } from '../path.ts';
import { closed, Ids, Search } from '../schemas.ts';

/** The query parameters for the list of one account's sessions. */
export const ListQuery = Type.Object(
  {
    ...pageQuery,
    active: Type.Optional(Type.Boolean()),
    from_time: Type.Optional(Type.String({ maxLength: 40, description: 'Opened at this time or later.' })),
    to_time: Type.Optional(Type.String({ maxLength: 40, description: 'Opened before this time.' })),
    search: Search(),
    ids: Ids('Session ids, separated by commas.'),
  },
  closed,
);
/** The query parameters for the list of all sessions. */
export const AllQuery = Type.Object(
  { ...ListQuery.properties, user_id: Type.Optional(Type.String()) },
  closed,
);

/** The filter that a list's query asks for. Throws INVALID_DATA. */
export function filterOf(
  ctx: HttpContext,
  query: { active?: boolean; from_time?: string; to_time?: string; search?: string; ids?: string },
): SessionFilter {
  return given({
    active: query.active,
    fromTime: timeOf('from_time', query.from_time),
    toTime: timeOf('to_time', query.to_time),
    search: query.search,
    ids: idsOf('ids', query.ids, (id) => readSessionId(id, ctx)),
  });
}
