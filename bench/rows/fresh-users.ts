import { join } from 'node:path';
import type { Row } from '../context.ts';
import { within } from '../figures.ts';
import { BOTH_CORES, LOAD_CORE, startPinned } from '../pin.ts';

const here = join(import.meta.dirname, '..');

/** 10,000 users a second that a verifier has never seen. Latencies count from when a call was due. The feed sends nothing but heartbeats. */
export const freshUsers: Row = {
  name: 'fresh-users',
  async run({ options }) {
    if (options.peersOnly) return [];
    const feed = startPinned(LOAD_CORE, [join(here, 'feed-process.ts')], {
      REVOKED: String(options.revoked),
    });
    const env = { ISSUER: `http://127.0.0.1:${await feed.message<number>()}` };
    const child = startPinned(
      BOTH_CORES,
      ['--max-semi-space-size=2', join(here, 'fresh-users-process.ts')],
      env,
    );
    try {
      feed.process.send(await child.message<object>());
      await feed.message();
      child.process.send('go');
      const { p50, p99, max } = await child.message<{ p50: number; p99: number; max: number }>();
      return [
        within('authenticate, 10,000 fresh users/s, p50', 'ms', [p50]),
        within('authenticate, 10,000 fresh users/s, p99', 'ms', [p99], 1),
        within('authenticate, 10,000 fresh users/s, slowest', 'ms', [max]),
      ];
    } finally {
      await child.stop();
      await feed.stop();
    }
  },
};
