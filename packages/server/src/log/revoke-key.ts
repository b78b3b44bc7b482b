import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { appendEntries } from './append-entries.ts';

/** The signing keys, as far as revoking one needs them. */
export interface RevocableKeys {
  list(): readonly { readonly kid: string }[];
  /** Takes the key away for good. False when there is none of that name. */
  revoke(kid: string): Promise<boolean>;
}

/**
 * Refuses all tokens that the key has signed, everywhere; sessions stay, and get tokens by the next key. The log comes
 * first: whatever happens between the two steps, verifiers refuse the key from then on, and a server that runs, or the
 * next that starts, takes the second. Throws NOT_FOUND when there is no such key.
 */
export async function revokeKey(
  ctx: Context,
  keys: RevocableKeys,
  input: { readonly kid: string },
): Promise<void> {
  const { kid } = input;
  if (!keys.list().some((key) => key.kid === kid)) throw new AppError('NOT_FOUND');
  await ctx.transaction((tx) =>
    appendEntries(ctx, tx, [{ subject: { key: kid }, action: 'reject', reason: 'key-revoked' }]),
  );
  await keys.revoke(kid);
}

/** Takes away the keys that the log says are revoked: another process may have ended before it did. How many. */
export async function dropRevokedKeys(ctx: Context, keys: RevocableKeys): Promise<number> {
  let dropped = 0;
  for (const { kid } of keys.list()) {
    const actions = await ctx.read.log.actionsAbout([{ key: kid }], 0);
    if (actions.includes('reject') && (await keys.revoke(kid))) dropped += 1;
  }
  return dropped;
}
