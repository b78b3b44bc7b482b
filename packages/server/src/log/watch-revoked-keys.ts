import type { Context } from '../kernel/context.ts';
import type { Entry } from './entry.ts';
import { dropRevokedKeys, type RevocableKeys } from './revoke-key.ts';

const retryTime = 1000;

/** Takes keys away as soon as the log says so, and tries again until it is done. */
export function watchRevokedKeys(ctx: Context, keys: RevocableKeys) {
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  async function drop(): Promise<void> {
    clearTimeout(timer);
    try {
      await dropRevokedKeys(ctx, keys);
    } catch (error) {
      ctx.logger.error({ err: error }, 'a revoked signing key cannot be taken away yet');
      if (!closed) timer = setTimeout(() => void drop(), retryTime).unref();
    }
  }

  return {
    /** What was revoked before. */
    start: drop,
    entries(entries: readonly Entry[]): void {
      if (entries.some(({ subject }) => 'key' in subject)) void drop();
    },
    close(): void {
      closed = true;
      clearTimeout(timer);
    },
  };
}
