import type { Row } from '../context.ts';
import { against } from '../figures/figure.ts';
import { sampleToken } from '../peers/samples.ts';
import { playAgainstFastify } from './against-fastify.ts';

/** A new token for a cookie: the session from the store, one ES256 signature. */
export const whoAmI: Row = {
  name: 'who-am-i',
  async run(context) {
    const route = { method: 'POST', path: '/auth/who-am-i', sample: sampleToken } as const;
    const rates = await playAgainstFastify(context, route);
    return [against('POST /auth/who-am-i', '/s', rates.ours, 'bare Fastify', rates.bare!, 0.35)];
  },
};
