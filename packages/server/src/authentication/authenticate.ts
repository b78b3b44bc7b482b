import { siteOf } from '../identity/roles/role.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { TokenProof } from '../kernel/ports.ts';
import type { Subject } from '../log/entry.ts';
import { findLiveSession } from '../sessions/find-live-session.ts';
import type { SessionMoment } from '../sessions/session.ts';

/**
 * The live session that token and credential prove together. Throws INVALID_CREDENTIALS when anything is not right,
 * TOKEN_STALE when the token is older than a change of what it says.
 */
export async function authenticate(
  ctx: Context,
  input: { readonly token: string | undefined; readonly credential: string | undefined },
): Promise<SessionMoment> {
  const { token, credential } = input;
  const signed = token && credential && ctx.credentials.verify(credential);
  const proof = signed ? ctx.tokens.verify(token, credential) : undefined;
  const moment = proof && (await findLiveSession(ctx, proof.sessionId));
  if (proof === undefined || moment === undefined || moment.session.accountId !== proof.accountId) {
    throw new AppError('INVALID_CREDENTIALS');
  }
  if (proof.rev < moment.rev) await checkSince(ctx, proof);
  return moment;
}

/** What the log says of the token since it was issued, as a verifier judges it. The session itself is known to be live. */
async function checkSince(ctx: Context, proof: TokenProof): Promise<void> {
  const sites = new Set(proof.roles.map(siteOf).filter((site) => site !== undefined));
  const subjects: Subject[] = [
    { user: proof.accountId },
    { all: true },
    ...[...sites].map((site) => ({ site })),
  ];
  const actions = await ctx.read.log.actionsAbout(subjects, proof.rev);
  if (actions.includes('reject')) throw new AppError('INVALID_CREDENTIALS');
  if (actions.includes('refresh')) throw new AppError('TOKEN_STALE');
}
