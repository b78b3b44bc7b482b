import type { VerifierStatus } from '@latchkey/verify';
import { Counter, collectDefaultMetrics, Registry } from 'prom-client';
import { addGauge, createMetricsListener, type Metrics } from '../http/metrics-listener.ts';

/** The outcomes of a check. Codes are those that the proxy gets. */
const outcomes = [
  'accepted',
  'anonymous',
  'INVALID_CREDENTIALS',
  'TOKEN_STALE',
  'UNAVAILABLE',
  'NOT_IN_ROLE',
  'NOT_IN_SITE_ROLE',
  'REAUTH_REQUIRED',
  'INVALID_DATA',
];

/** The metrics of forward authentication. */
export interface ForwardAuthMetrics extends Metrics {
  /** Counts a check. */
  count(outcome: string): void;
}

/** Creates the metrics of `latchkey forward-auth`. Labels are codes, never parts of a request. */
export function createForwardAuthMetrics(status: () => VerifierStatus): ForwardAuthMetrics {
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register });
  const checks = new Counter({
    name: 'latchkey_checks_total',
    help: 'Requests that proxies had checked, by outcome',
    labelNames: ['outcome'],
    registers,
  });
  // A rate needs a first value.
  for (const outcome of outcomes) checks.inc({ outcome }, 0);

  const gauge = (name: string, help: string, read: (status: VerifierStatus) => number) =>
    addGauge(register, `latchkey_verifier_${name}`, help, () => read(status()));
  gauge('connected', '1 while the revocation feed is open', ({ connected }) => Number(connected));
  gauge(
    'position',
    'Position of the last applied entry of the revocation log; -1: none',
    ({ position }) => position,
  );
  gauge('lag', 'Entries between that position and the last one of the server', ({ lag }) => lag);
  gauge(
    'staleness_seconds',
    'Time since the verifier was last up to date',
    ({ staleness }) => staleness / 1000,
  );
  gauge(
    'clock_difference_seconds',
    "How far the server's clock is ahead of this one",
    (now) => now.clockDifference,
  );
  gauge('entries', 'Sessions, users, sites and keys with an entry in memory', ({ entries }) => entries);
  gauge('cache_size', 'Checked tokens in the cache', ({ cache }) => cache.size);
  const total = (name: string, help: string, read: (status: VerifierStatus) => number) =>
    new Counter({
      name: `latchkey_verifier_${name}_total`,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(read(status()));
      },
    });
  total('cache_hits', 'Checks of a token in the cache', ({ cache }) => cache.hits);
  total('cache_misses', 'Checks of a token that was not in the cache', ({ cache }) => cache.misses);

  total('exchanges', 'Tokens that were got for a cookie without one', ({ cookies }) => cookies.exchanges);

  return { ...createMetricsListener(register), count: (outcome) => checks.inc({ outcome }) };
}
