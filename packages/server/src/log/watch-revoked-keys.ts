import type { BaseContext } from '../kernel/context.ts';
import { mergeRuns } from '../kernel/merge-runs.ts';
import type { Entry } from './entry.ts';
import { type RevocableKeys, removeRevokedKeys } from './revoke-key.ts';

const retryTime = 1000;

/** Removes keys as soon as the log says that they are revoked, and retries until it succeeds. */
export function watchRevokedKeys(ctx: BaseContext, keys: RevocableKeys) {
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const remove = mergeRuns(async () => {
    clearTimeout(timer);
    if (closed) return;
    try {
      await removeRevokedKeys(ctx, keys);
    } catch (error) {
      ctx.logger.error({ err: error }, 'a revoked signing key could not be removed yet');
      if (!closed) timer = setTimeout(() => void remove(), retryTime).unref();
    }
  });

  return {
    /** Removes the keys that were revoked before. */
    start: remove,
    entries(entries: readonly Entry[]): void {
      if (entries.some(({ subject }) => 'key' in subject)) void remove();
    },
    close(): Promise<void> {
      closed = true;
      return remove();
    },
  };
}
