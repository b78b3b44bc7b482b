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
  const times: number[] = [];
  const since = performance.now();
  const done: Promise<void>[] = [];
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
        done.push(
          verifier.authenticate(token, cookie).then(() => {
            if (!warmUp) times.push(performance.now() - dueAt);
          }),
        );
      }
      if (next < samples.length) setImmediate(turn);
      else resolve();
    };
    turn();
  });
  await Promise.all(done);
  verifier.close();
  const answer = { p50: quantile(times, 0.5), p99: quantile(times, 0.99), max: quantile(times, 1) };
  process.send?.(answer, () => process.exit(0));
}
