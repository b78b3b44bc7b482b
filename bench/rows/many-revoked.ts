import type { Row } from '../context.ts';
import { against } from '../figures/figure.ts';
import { playAuthenticate } from './authenticate.ts';

/** As `authenticate-seen`, with a million revoked sessions in the replica, beside itself with none. */
export const manyRevoked: Row = {
  name: 'replica-seen',
  oursOnly: true,
  async run(context) {
    const { rounds } = context.options;
    const play = (revoked: number) =>
      playAuthenticate(
        { ...context, options: { ...context.options, revoked } },
        { mode: 'seen', tokens: 1000, rounds },
      );
    const none = await play(0);
    const million = await play(1_000_000);
    const name = 'authenticate, seen, 1,000,000 revoked';
    return [
      against(name, '/s', million.ours, 'the same with none revoked', none.ours!, 1 / 1.1),
      against(name, '/s', million.ours, 'fast-jwt cached', million['fast-jwt cached']!, 5),
    ];
  },
};
