/**
 * Authenticates RATE tokens a second, each of another user and never seen, for SECONDS. Sends p50, p99 and the slowest
 * in milliseconds, each from the moment at which it was due.
 */
import { createVerifier } from '@latchkey/verify';
import { quantile } from './stats.ts';
import { createMinter } from './tokens.ts';

const { ISSUER = '', RATE = '10000', SECONDS = '5' } = process.env;
const [rate, seconds] = [Number(RATE), Number(SECONDS)];
const minter = createMinter(ISSUER, ISSUER);
process.send?.(minter.publicJwk);
process.once('message', () => void measure());

async function measure(): Promise<void> {
  const now = Math.floor(Date.now() / 1000);
  const samples = Array.from({ length: rate * (seconds + 1) }, () => minter.mint(now));
  // Only now: making them takes longer than a verifier goes without contact.
  const verifier = createVerifier({ issuer: ISSUER, serviceKey: 'bench', onStale: 'reject' });
  await verifier.ready();
  // Of a size that is known: what the bench itself keeps is no work for the collector.
  const times = new Float64Array(rate * seconds);
  let measured = 0;
  let answered = 0;
  const since = performance.now();
  const { promise: over, resolve: end } = Promise.withResolvers<void>();
  let next = 0;
  await new Promise<void>((resolve) => {
    const turn = (): void => {
      const byNow = Math.floor(((performance.now() - since) * rate) / 1000);
      // A verifier that has fallen behind still hears its feed in between.
      const due = Math.min(samples.length, byNow, next + 50);
      for (; next < due; next++) {
        const dueAt = since + (next * 1000) / rate;
        const warmUp = next < rate;
        const { token, cookie } = samples[next]!;
        void verifier.authenticate(token, cookie).then(() => {
          if (!warmUp) times[measured++] = performance.now() - dueAt;
          answered += 1;
          if (answered === samples.length) end();
        });
      }
      if (next < samples.length) setImmediate(turn);
      else resolve();
    };
    turn();
  });
  await over;
  verifier.close();
  const all = Array.from(times.subarray(0, measured));
  const answer = { p50: quantile(all, 0.5), p99: quantile(all, 0.99), max: quantile(all, 1) };
  process.send?.(answer, () => process.exit(0));
}
