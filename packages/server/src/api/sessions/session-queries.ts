import { Type } from '@sinclair/typebox';
import { idsOf, pageQuery, timeOf } from '../../http/lists.ts';
import { parseSessionId, type SessionId } from '../../kernel/ids.ts';
import type { SessionFilter } from '../../sessions/session.ts';
import type { HttpContext } from '../context.ts';

const closed = { additionalProperties: false };

/** The query parameters of a list of one account's sessions. */
export const ListQuery = Type.Object(
  {
    ...pageQuery,
    active: Type.Optional(Type.Boolean()),
    from_time: Type.Optional(Type.String({ maxLength: 40, description: 'Opened at this time or later.' })),
    to_time: Type.Optional(Type.String({ maxLength: 40, description: 'Opened before this time.' })),
    search: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
    ids: Type.Optional(Type.String({ maxLength: 8192, description: 'Session ids, separated by commas.' })),
  },
  closed,
);
/** Those of the list of everybody's. */
export const AllQuery = Type.Object(
  { ...ListQuery.properties, user_id: Type.Optional(Type.String()) },
  closed,
);

/** The session that an id names, in either of its forms. */
export function sessionIdOf(ctx: HttpContext, text: string): SessionId | undefined {
  return parseSessionId(text) ?? ctx.credentials.verify(text);
}

/** What a list's query asks for. Throws INVALID_DATA. */
export function filterOf(
  ctx: HttpContext,
  query: { active?: boolean; from_time?: string; to_time?: string; search?: string; ids?: string },
): SessionFilter {
  const { active, from_time: from, to_time: to, search, ids } = query;
  return {
    ...(active !== undefined && { active }),
    ...(from !== undefined && { fromTime: timeOf('from_time', from) }),
    ...(to !== undefined && { toTime: timeOf('to_time', to) }),
    ...(search !== undefined && { search }),
    ...(ids !== undefined && { ids: idsOf('ids', ids, (text) => sessionIdOf(ctx, text)) }),
  };
}
