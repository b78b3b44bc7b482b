/**
 * When it is told to, authenticates RATE tokens a second for SECONDS, each of a user that it has never seen. A latency
 * counts from when its token was due. WARM_UP seconds at the same rate come before: V8 compiles what has become hot until
 * about 20,000 tokens in.
 */
import { createVerifier } from '@latchkey/verify';
import { quantile } from '../figures/stats.ts';
import { serveOrders } from './serve-orders.ts';
import { createMinter, type Minter } from './tokens.ts';

/** Milliseconds. */
export interface FreshUsers {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

const { ISSUER = '', RATE = '10000', SECONDS = '5', WARM_UP = '3' } = process.env;
const rate = Number(RATE);
const count = rate * (Number(SECONDS) + Number(WARM_UP));
const first = rate * Number(WARM_UP);

/** The most that are begun in one turn: a verifier that has fallen behind still hears its feed in between. */
const BURST = 50;

const minter = createMinter(ISSUER, ISSUER);
serveOrders(measure, minter.publicJwk);

async function measure(): Promise<FreshUsers> {
  const read = mintAll(minter);
  // Only now: making them takes longer than a verifier goes without contact.
  const verifier = createVerifier({ issuer: ISSUER, serviceKey: 'bench', onStale: 'reject' });
  await verifier.ready();
  const times = new Float64Array(count);
  let answered = 0;
  const { promise: over, resolve: end } = Promise.withResolvers<void>();
  const since = performance.now();
  const dueAt = (index: number): number => since + (index * 1000) / rate;
  let next = 0;
  const turn = (): void => {
    sleepUntil(dueAt(next));
    const due = Math.min(count, next + BURST, Math.floor(((performance.now() - since) * rate) / 1000) + 1);
    for (; next < due; next++) {
      const index = next;
      const [token, cookie] = read(index);
      void verifier.authenticate(token, cookie).then(() => {
        times[index] = performance.now() - dueAt(index);
        answered += 1;
        if (answered === count) end();
      });
    }
    if (next < count) setImmediate(turn);
  };
  turn();
  await over;
  verifier.close();
  const all = Array.from(times.subarray(first));
  return { p50: quantile(all, 0.5), p99: quantile(all, 0.99), max: quantile(all, 1) };
}

/**
 * Mints all samples, and returns what reads one. They are kept outside of the heap, as they would come off a wire: the
 * collector has nothing to do for what the bench itself keeps.
 */
function mintAll({ mint }: Minter): (index: number) => [token: string, cookie: string] {
  const now = Math.floor(Date.now() / 1000);
  const one = (): string => {
    const { token, cookie } = mint(now);
    return `${token} ${cookie}`;
  };
  // Ids and numbers of one length throughout: so are the samples.
  const size = one().length;
  const all = Buffer.alloc(count * size, ' ');
  for (let index = 0; index < count; index++) {
    if (all.write(one(), index * size, 'latin1') !== size) throw new Error('a sample of another length');
  }
  return (index) => {
    const text = all.toString('latin1', index * size, (index + 1) * size);
    const gap = text.indexOf(' ');
    return [text.slice(0, gap), text.slice(gap + 1)];
  };
}

const never = new Int32Array(new SharedArrayBuffer(4));

/** Blocks this thread until then: turning in circles would make work for the collector. */
function sleepUntil(time: number): void {
  const rest = time - performance.now();
  if (rest > 0) Atomics.wait(never, 0, 0, rest);
}
