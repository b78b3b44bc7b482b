import type { Context } from '../kernel/context.ts';
import { unixSeconds } from '../kernel/time.ts';
import { awaitConfirmation, type VerifierView } from './await-confirmation.ts';
import type { Verifier } from './verifier.ts';

/** A verifier and how far it is behind. */
export interface FollowingVerifier extends Verifier {
  /** Entries that it has not said to have applied, and the age of the oldest of them in seconds: 0 where there is none. */
  readonly lag: { readonly entries: number; readonly seconds: number };
}

/** Those that are connected are asked for their position, and given so long to say it. Milliseconds. */
const patience = 1000;

/** All verifiers that are known, connected or gone, with their positions as they are now. */
export async function listVerifiers(ctx: Context, view: VerifierView): Promise<FollowingVerifier[]> {
  const { head } = await ctx.read.revocations.state();
  const { signal } = new AbortController();
  await awaitConfirmation(ctx, view, { seq: head, timeout: patience, signal });
  const verifiers = await view.list(true);
  return Promise.all(
    verifiers.map(async (verifier) => ({ ...verifier, lag: await lagOf(ctx, verifier, head) })),
  );
}

async function lagOf(ctx: Context, { position }: Verifier, head: number): Promise<FollowingVerifier['lag']> {
  if (position >= head) return { entries: 0, seconds: 0 };
  const [oldest] = await ctx.read.revocations.list(position, 1);
  const at = oldest?.at ?? unixSeconds(ctx.clock.now());
  return { entries: head - position, seconds: Math.max(0, unixSeconds(ctx.clock.now()) - at) };
}
