import { setTimeout as sleep } from 'node:timers/promises';
import type { Row } from '../context.ts';
import { within } from '../figures/figure.ts';
import { median } from '../figures/stats.ts';
import { httpRequest, type LoadResult } from '../load/loader.ts';
import { HASHES_IN_FLIGHT } from './against-argon2.ts';
import { signInLoad } from './sign-in.ts';

const RATE = 2000;

/** How long requests for a session take while the hashing threads are saturated. */
export const signInLatency: Row = {
  name: 'sign-in-latency',
  async run(context) {
    const { rounds, roundMs } = context.options;
    const ours = await context.latchkey();
    if (!ours) return [];
    const loader = context.loader();
    const requests = ours.cookies.map((Cookie) => httpRequest('GET', '/api/v1/sessions/current', { Cookie }));
    const reads = {
      port: ours.port,
      requests,
      connections: 8,
      rate: RATE,
      durationMs: roundMs,
      minBody: 300,
    };
    const busy: LoadResult[] = [];
    const quiet: LoadResult[] = [];
    await loader.run(reads);
    for (let round = 0; round < rounds; round++) {
      quiet.push(await loader.run(reads));
      // The sign-ins start before the reads and go on after them.
      const signIns = loader.run(signInLoad(ours, roundMs + 600));
      await sleep(300);
      const [result] = await Promise.all([loader.run(reads), signIns]);
      busy.push(result);
    }
    const of = (results: LoadResult[], key: 'p50' | 'p99' | 'max') => results.map((result) => result[key]);
    const figure = within('p99 of GET /sessions/current, sign-ins saturated', 'ms', of(busy, 'p99'), 25);
    figure.note =
      `${RATE} requests/s on 8 connections, ${HASHES_IN_FLIGHT} sign-ins in flight, server and its ` +
      `hashing on one core: p50 ${median(of(busy, 'p50')).toFixed(2)} ms, ` +
      `max ${Math.max(...of(busy, 'max')).toFixed(1)} ms; without sign-ins p50 ` +
      `${median(of(quiet, 'p50')).toFixed(2)} ms, p99 ${median(of(quiet, 'p99')).toFixed(2)} ms`;
    return [figure];
  },
};
