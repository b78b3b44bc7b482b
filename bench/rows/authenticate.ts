import type { Context, Row } from '../context.ts';
import { against } from '../figures/figure.ts';
import type { Rate } from '../figures/rounds.ts';
import { SERVER_CORE } from '../load/pin.ts';
import { runBesideFeed } from './beside-feed.ts';

/** What peers/authenticate.ts is told. */
export interface AuthenticateJob {
  mode: 'seen' | 'new';
  rounds: number;
  roundMs: number;
  tokens: number;
  withOurs: boolean;
}
/** Verifications per second, round by round, by contender. */
export type AuthenticateRates = Record<string, Rate[]>;

/** fast-jwt holds 1,000 tokens by default. */
const SEEN = 1000;

/** Tokens and cookies that were verified before, round-robin. */
export const authenticateSeen: Row = {
  name: 'authenticate-seen',
  async run({ options }) {
    const rates = await playAuthenticate(options, 'seen', SEEN);
    const line = (suffix: string, peer: string, atLeast?: number) => {
      const ours = rates[`ours${suffix}`];
      return against(`authenticate, seen${suffix}`, '/s', ours, peer, rates[`${peer}${suffix}`]!, atLeast);
    };
    return [
      line('', 'fast-jwt cached', 4),
      line(', fresh strings', 'fast-jwt cached'),
      line('', 'fast-jwt cached by the token itself'),
      line(', fresh strings', 'fast-jwt cached by the token itself'),
    ];
  },
};

/** Tokens that nobody has seen: new ones for every round, each verified once by each contender. */
export const authenticateNew: Row = {
  name: 'authenticate-new',
  async run({ options }) {
    const rates = await playAuthenticate(options, 'new', Math.ceil((options.roundMs * 4) / 200) * 200);
    const line = (peer: string, atLeast?: number) =>
      against('authenticate, not seen', '/s', rates.ours, peer, rates[peer]!, atLeast);
    const raw = rates['node:crypto']!;
    return [
      line('node:crypto', 0.85),
      line('jose', 2),
      line('jose, 200 at a time'),
      line('fast-jwt'),
      line('jsonwebtoken'),
      against('authenticate, not seen, cacheSize 0', '/s', rates['ours, cacheSize 0'], 'node:crypto', raw),
      against('node:crypto alone, not seen', '/s', raw, 'jose', rates.jose!),
    ];
  },
};

/** As `authenticate-seen`, with a million revoked sessions in the replica, beside itself with none. */
export const manyRevoked: Row = {
  name: 'replica-seen',
  oursOnly: true,
  async run({ options }) {
    const none = await playAuthenticate({ ...options, revoked: 0 }, 'seen', SEEN);
    const million = await playAuthenticate({ ...options, revoked: 1_000_000 }, 'seen', SEEN);
    const name = 'authenticate, seen, 1,000,000 revoked';
    return [
      against(name, '/s', million.ours, 'the same with none revoked', none.ours!, 1 / 1.1),
      against(name, '/s', million.ours, 'fast-jwt cached', million['fast-jwt cached']!, 5),
    ];
  },
};

/** Plays the contenders of peers/authenticate.ts in a process of its own. */
function playAuthenticate(
  { rounds, roundMs, revoked, peersOnly }: Context['options'],
  mode: AuthenticateJob['mode'],
  tokens: number,
): Promise<AuthenticateRates> {
  const job: AuthenticateJob = { mode, tokens, rounds, roundMs, withOurs: !peersOnly };
  return runBesideFeed(revoked, SERVER_CORE, 'peers/authenticate.ts', { JOB: JSON.stringify(job) });
}
