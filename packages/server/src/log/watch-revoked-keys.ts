import type { BaseContext } from '../kernel/context.ts';
import { mergeRuns } from '../kernel/merge-runs.ts';
import type { Entry } from './entry.ts';
import { dropRevokedKeys, type RevocableKeys } from './revoke-key.ts';

const retryTime = 1000;

/** Takes keys away as soon as the log says so, and tries again until it is done. */
export function watchRevokedKeys(ctx: BaseContext, keys: RevocableKeys) {
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const drop = mergeRuns(async () => {
    clearTimeout(timer);
    if (closed) return;
    try {
      await dropRevokedKeys(ctx, keys);
    } catch (error) {
      ctx.logger.error({ err: error }, 'a revoked signing key cannot be taken away yet');
      if (!closed) timer = setTimeout(() => void drop(), retryTime).unref();
    }
  });

  return {
    /** Takes away what was revoked before. */
    start: drop,
    entries(entries: readonly Entry[]): void {
      if (entries.some(({ subject }) => 'key' in subject)) void drop();
    },
    close(): Promise<void> {
      closed = true;
      return drop();
    },
  };
}
