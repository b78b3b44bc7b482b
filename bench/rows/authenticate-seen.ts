import type { Row } from '../context.ts';
import { against } from '../figures/figure.ts';
import { playAuthenticate } from './authenticate.ts';

/** 1,000 tokens and cookies that were verified before, round-robin; fast-jwt holds 1,000 by default. */
export const authenticateSeen: Row = {
  name: 'authenticate-seen',
  async run(context) {
    const rates = await playAuthenticate(context, {
      mode: 'seen',
      tokens: 1000,
      rounds: context.options.rounds,
    });
    const line = (suffix: string, peer: string, atLeast?: number) =>
      against(
        `authenticate, seen${suffix}`,
        '/s',
        rates[`ours${suffix}`],
        peer,
        rates[`${peer}${suffix}`]!,
        atLeast,
      );
    return [
      line('', 'fast-jwt cached', 4),
      line(', fresh strings', 'fast-jwt cached'),
      line('', 'fast-jwt cached by the token itself'),
      line(', fresh strings', 'fast-jwt cached by the token itself'),
    ];
  },
};
