import { siteOf } from '../identity/roles/role.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { TokenProof } from '../kernel/ports.ts';
import type { Subject } from '../log/entry.ts';
import { findLiveSession } from '../sessions/find-live-session.ts';
import type { SessionMoment } from '../sessions/session.ts';

export interface SentProof {
  readonly token: string | undefined;
  readonly credential: string | undefined;
}

/**
 * Finds the live session that token and credential prove together. Throws INVALID_CREDENTIALS when either is
 * not valid or they do not match, TOKEN_STALE when what the token says has changed since.
 */
export async function authenticate(ctx: Context, sent: SentProof): Promise<SessionMoment> {
  const { proof, moment } = await prove(ctx, sent, { ignoreExpiry: false });
  if (proof.rev < moment.rev) await checkSince(ctx, proof);
  return moment;
}

/**
 * As `authenticate`, for logging out: the token may have expired, or be older than a change of its account, because only
 * its session counts; and other credentials may come beside its own. Throws INVALID_CREDENTIALS.
 */
export async function authenticateToLogOut(
  ctx: Context,
  sent: { readonly token: string | undefined; readonly credentials: readonly string[] },
): Promise<SessionMoment> {
  const { token, credentials } = sent;
  const options = { ignoreExpiry: true };
  // The cheap check first: strangers can make up any number of them.
  const proven = credentials.filter((each) => ctx.credentials.verify(each) !== undefined);
  const credential = proven.find((each) => token && ctx.tokens.verify(token, each, options) !== undefined);
  return (await prove(ctx, { token, credential }, options)).moment;
}

async function prove(
  ctx: Context,
  { token, credential }: SentProof,
  options: { readonly ignoreExpiry: boolean },
): Promise<{ readonly proof: TokenProof; readonly moment: SessionMoment }> {
  const signed = token && credential && ctx.credentials.verify(credential);
  const proof = signed ? ctx.tokens.verify(token, credential, options) : undefined;
  const moment = proof && (await findLiveSession(ctx, proof.sessionId));
  if (proof === undefined || moment === undefined || moment.session.accountId !== proof.accountId) {
    throw new AppError('INVALID_CREDENTIALS');
  }
  return { proof, moment };
}

/**
 * Checks the log since the token was issued, by the verifiers' rules. The session itself is known to be live.
 */
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
