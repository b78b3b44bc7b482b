import { join } from 'node:path';
import type { Context } from '../context.ts';
import { LOAD_CORE, SERVER_CORE, startPinned } from '../pin.ts';
import type { Rate } from '../rounds.ts';

export interface AuthenticateJob {
  issuer: string;
  mode: 'seen' | 'new';
  rounds: number;
  roundMs: number;
  tokens: number;
  withOurs: boolean;
}
/** Verifications per second, round by round, by contender. */
export type AuthenticateRates = Record<string, Rate[]>;

const here = join(import.meta.dirname, '..');

/** Plays an `authenticate` row in a process of its own, with the feed on the other core. */
export async function playAuthenticate(
  { options }: Context,
  job: Pick<AuthenticateJob, 'mode' | 'tokens' | 'rounds'>,
): Promise<AuthenticateRates> {
  const feed = startPinned(LOAD_CORE, [join(here, 'feed-process.ts')], { REVOKED: String(options.revoked) });
  const issuer = `http://127.0.0.1:${await feed.message<number>()}`;
  const whole: AuthenticateJob = { ...job, issuer, roundMs: options.roundMs, withOurs: !options.peersOnly };
  const child = startPinned(SERVER_CORE, [join(here, 'peers/authenticate.ts')], {
    JOB: JSON.stringify(whole),
  });
  try {
    feed.process.send(await child.message<object>());
    await feed.message();
    child.process.send('go');
    return await child.message<AuthenticateRates>(600_000);
  } finally {
    await child.stop();
    await feed.stop();
  }
}
