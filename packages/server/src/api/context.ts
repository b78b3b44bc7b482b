import type { SessionCookie } from '../http/cookies.ts';
import type { ServerContext } from '../http/server-context.ts';
import type { Context } from '../kernel/context.ts';
import type { FollowerRegistry } from '../log/followers/follower-registry.ts';
import type { SessionUses } from '../sessions/session-uses.ts';

/** What handlers are given: the operations' context, and what belongs to HTTP. */
export interface HttpContext extends Context, ServerContext {
  /** Absent where cookies are off. */
  readonly cookie: SessionCookie | undefined;
  readonly uses: SessionUses;
  readonly followers: FollowerRegistry;
}
