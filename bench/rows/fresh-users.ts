import type { Row } from '../context.ts';
import { within } from '../figures/figure.ts';
import type { FreshUsers } from '../load/fresh-users-process.ts';
import { BOTH_CORES } from '../load/pin.ts';
import { runBesideFeed } from './beside-feed.ts';

/** 10,000 users a second that a verifier has never seen. Latencies count from when a call was due. The feed sends nothing but heartbeats. */
export const freshUsers: Row = {
  name: 'fresh-users',
  oursOnly: true,
  async run({ options }) {
    const script = 'load/fresh-users-process.ts';
    const flags = ['--max-semi-space-size=2'];
    const { p50, p99, max } = await runBesideFeed<FreshUsers>(options.revoked, BOTH_CORES, script, {}, flags);
    return [
      within('authenticate, 10,000 fresh users/s, p50', 'ms', [p50]),
      within('authenticate, 10,000 fresh users/s, p99', 'ms', [p99], 1),
      within('authenticate, 10,000 fresh users/s, slowest', 'ms', [max]),
    ];
  },
};
