import type { Row } from '../context.ts';
import { against } from '../figures/figure.ts';
import { SERVER_CORE } from '../load/pin.ts';
import type { AuthenticateJob, AuthenticateRates } from './authenticate.ts';
import { runBesideFeed } from './beside-feed.ts';

/** Cookies that were exchanged before, without a token, beside the same sessions with token and cookie. */
export const cookieAlone: Row = {
  name: 'cookie-alone',
  oursOnly: true,
  async run({ options: { rounds, roundMs, revoked } }) {
    const job: AuthenticateJob = { mode: 'seen', tokens: 1000, rounds, roundMs, withOurs: true };
    const env = { JOB: JSON.stringify(job) };
    const rates = await runBesideFeed<AuthenticateRates>(revoked, SERVER_CORE, 'peers/cookie-alone.ts', env);
    const line = (name: string, peer: string) =>
      against(`${name}, seen`, '/s', rates[name], peer, rates[peer]!, 0.8);
    return [
      line('cookie alone', 'both'),
      line('adapter, cookie alone, fresh strings', 'adapter, both, fresh strings'),
    ];
  },
};
