import type { Context } from '../context.ts';
import type { Rate } from '../figures/rounds.ts';
import { SERVER_CORE } from '../load/pin.ts';
import { runBesideFeed } from './beside-feed.ts';

export interface AuthenticateJob {
  mode: 'seen' | 'new';
  rounds: number;
  roundMs: number;
  tokens: number;
  withOurs: boolean;
}
/** Verifications per second, round by round, by contender. */
export type AuthenticateRates = Record<string, Rate[]>;

/** Plays an `authenticate` row in a process of its own. */
export async function playAuthenticate(
  { options }: Context,
  job: Pick<AuthenticateJob, 'mode' | 'tokens' | 'rounds'>,
): Promise<AuthenticateRates> {
  const whole: AuthenticateJob = { ...job, roundMs: options.roundMs, withOurs: !options.peersOnly };
  const env = { JOB: JSON.stringify(whole) };
  return runBesideFeed(options.revoked, SERVER_CORE, 'peers/authenticate.ts', env);
}
