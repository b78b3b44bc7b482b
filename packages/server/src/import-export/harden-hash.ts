import type { Context } from '../kernel/context.ts';
import type { PreparedRecord } from './prepare-batch.ts';

/** The account with a hash that may be stored: one that is fast to guess is hashed once more, which takes its time. */
export async function hardenHash(ctx: Context, record: PreparedRecord): Promise<PreparedRecord> {
  const { password } = record.whole;
  if (password === undefined) return record;
  const hash = await ctx.hasher.harden(password.hash);
  return hash === password.hash
    ? record
    : { ...record, whole: { ...record.whole, password: { ...password, hash } } };
}
