import type { Row } from '../context.ts';
import { against } from '../figures/figure.ts';
import { playAuthenticate } from './authenticate.ts';

/** Tokens that nobody has seen: new ones for every round, each verified once by each contender. */
export const authenticateNew: Row = {
  name: 'authenticate-new',
  async run(context) {
    const { rounds, roundMs } = context.options;
    const tokens = Math.ceil((roundMs * 4) / 200) * 200;
    const rates = await playAuthenticate(context, { mode: 'new', tokens, rounds });
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
