import { TokenStale, Unavailable } from '../errors.ts';
import { isOnStale, type OnStale } from '../options.ts';
import type { VerifiedToken } from './authenticated.ts';
import type { Engine } from './engine.ts';
import { introspect } from './introspect.ts';
import { isCaughtUp, isDoubted, isFresh, refuse, whyNot } from './judge.ts';

/** How long a call waits until the log reaches the position of its token, in milliseconds. */
const lagWait = 250;

/** Options of one call. */
export interface AuthenticateOptions {
  /** Overrides the verifier's `onStale`. Any other value than the three words counts as `reject`. */
  readonly onStale?: OnStale;
}

/**
 * Returns if a token may be accepted although the replica may lack entries about it. Throws the three errors of
 * `authenticate`.
 */
export async function settle(
  engine: Engine,
  token: string,
  verified: VerifiedToken,
  callOptions: AuthenticateOptions | undefined,
): Promise<void> {
  const { options, waiters, follower, closing } = engine;
  if (isFresh(engine) && (await waiters.wait(() => isCaughtUp(engine, verified), lagWait))) {
    refuse(engine, verified);
    verified.checkedAt = follower.replica.version;
    return;
  }
  if (closing.aborted) throw new Unavailable('closed');
  const mode = modeOf(callOptions, options.onStale);
  if (mode === 'accept' && mayAccept(engine, verified)) return;
  if (mode !== 'introspect') throw new Unavailable(whyNot(engine));
  await askIssuer(engine, token, verified);
  refuse(engine, verified);
}

/** Whether a token may be accepted by what was last known, where the caller wants that. */
function mayAccept(engine: Engine, verified: VerifiedToken): boolean {
  const { freshness, replica } = engine.follower;
  const { monotonic, wall } = engine.clocks;
  const isOver = freshness.latestTime(monotonic(), wall()) >= verified.refusedFrom;
  return replica.position !== undefined && !isOver && !isDoubted(engine, verified);
}

async function askIssuer(engine: Engine, token: string, verified: VerifiedToken): Promise<void> {
  const { options, clocks, doubts, closing } = engine;
  const { connectTo, fetch } = options;
  const { credential } = verified;
  const { userId, sid: sessionId } = verified.subject;
  try {
    const url = `${connectTo}/auth/authenticate`;
    await introspect({ url, fetch, closing, token, credential, userId, sessionId });
  } catch (error) {
    if (!(error instanceof Unavailable)) {
      const said = error instanceof TokenStale ? 'stale' : 'refused';
      doubts.note(credential, said, clocks.monotonic());
    }
    throw error;
  }
}

function modeOf(callOptions: AuthenticateOptions | undefined, otherwise: OnStale): OnStale {
  try {
    const mode: unknown = callOptions?.onStale ?? otherwise;
    return isOnStale(mode) ? mode : 'reject';
  } catch {
    return 'reject';
  }
}
