import type { Context } from '../kernel/context.ts';
import type { Page, PageRequest } from '../kernel/pages.ts';
import type { SessionFilter, UserSession } from './session.ts';

/** Open and closed sessions, newest first. */
export function listSessions(
  ctx: Context,
  input: { readonly filter: SessionFilter; readonly page: PageRequest },
): Promise<Page<UserSession>> {
  return ctx.read.sessions.list(input.filter, input.page);
}
