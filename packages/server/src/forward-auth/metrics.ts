import type { VerifierStatus } from '@latchkey/verify';
import { Counter, collectDefaultMetrics, Registry } from 'prom-client';
import { addGauge, createMetricsListener, type Metrics } from '../http/metrics-listener.ts';

/** What came of a question; the codes are those that the proxy is told. */
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

/** Figures of a verifier. */
export interface VerifierMetrics extends Metrics {
  /** Counts a question of a proxy. */
  count(outcome: string): void;
}

/** Serves the figures of `latchkey verifier`. Labels are codes, never what a request held. */
export function createVerifierMetrics(status: () => VerifierStatus): VerifierMetrics {
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register });
  const checks = new Counter({
    name: 'latchkey_checks_total',
    help: 'Questions of proxies, by what came of them',
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
    'Last entry of the revocation log that was applied; -1: none',
    ({ position }) => position,
  );
  gauge('lag', 'Entries between that and the last one that the server has named', ({ lag }) => lag);
  gauge(
    'staleness_seconds',
    'Time since the verifier last knew everything',
    ({ staleness }) => staleness / 1000,
  );
  gauge(
    'clock_difference_seconds',
    "By how much the server's clock is ahead of this one",
    (now) => now.clockDifference,
  );
  gauge('entries', 'Sessions, users, sites and keys of which it holds something', ({ entries }) => entries);
  gauge('cache_size', 'Checked tokens that are remembered', ({ cache }) => cache.size);
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
  total('cache_hits', 'Questions about a token that was remembered', ({ cache }) => cache.hits);
  total('cache_misses', 'Questions about a token that was not', ({ cache }) => cache.misses);

  return { ...createMetricsListener(register), count: (outcome) => checks.inc({ outcome }) };
}
