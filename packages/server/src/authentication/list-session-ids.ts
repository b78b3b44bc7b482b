import type { Context } from '../kernel/context.ts';
import type { AccountId, SessionId } from '../kernel/ids.ts';

/** ListSessions: public ids of live sessions, a page of `take`; `next` is where the next page begins, if there is one. */
export async function listSessionIds(
  ctx: Context,
  input: { readonly accountId?: AccountId; readonly after?: SessionId; readonly take: number },
): Promise<{ readonly ids: readonly SessionId[]; readonly next?: SessionId }> {
  const now = ctx.clock.now();
  const ids = await ctx.read.sessions.listLiveIds({
    ...input,
    now,
    idleSince: now - ctx.policy.sessionIdle,
    take: input.take + 1,
  });
  if (ids.length <= input.take) return { ids };
  const page = ids.slice(0, input.take);
  return { ids: page, next: page.at(-1)! };
}
