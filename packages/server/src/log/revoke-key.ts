import type { BaseContext, Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { appendEntries } from './append-entries.ts';

/** What revoking needs of the signing keys. */
export interface RevocableKeys {
  list(): readonly { readonly kid: string }[];
  /** Removes the key for good. False when there is no key of that name. */
  revoke(kid: string): Promise<boolean>;
}

/**
 * Refuses all tokens that the key has signed, everywhere. Sessions stay open, and get tokens from the next key. The log
 * comes first: from then on verifiers refuse the key, and if the second step fails here, a running server or the next one
 * to start removes the key. Throws NOT_FOUND when there is no such key.
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

/** Removes the keys that the log says are revoked, in case another process ended before it did. Returns how many. */
export async function removeRevokedKeys(ctx: BaseContext, keys: RevocableKeys): Promise<number> {
  let removed = 0;
  for (const { kid } of keys.list()) {
    const actions = await ctx.read.log.actionsAbout([{ key: kid }], 0);
    if (actions.includes('reject') && (await keys.revoke(kid))) removed += 1;
  }
  return removed;
}
