import type { Context, Row } from '../context.ts';
import { against } from '../figures.ts';
import { httpRequest, type LoadJob } from '../load.ts';
import { playRounds, rateOf, type Side } from '../rounds.ts';
import { SIGN_INS_IN_FLIGHT } from './sign-in.ts';

/** More than any round can use up. */
const BODIES = 2000;

let made = 0;

/** Sign-ups with an address, so that each puts a mail into the queue as well; no login comes twice. */
function signUpLoad(port: number, durationMs: number): LoadJob {
  const requests = Array.from({ length: BODIES }, () => {
    made += 1;
    const body = { name: `New ${made}`, email: `new${made}@example.com`, password: 'correct horse battery' };
    return httpRequest('POST', '/api/v1/signup', {}, body);
  });
  return { port, requests, connections: SIGN_INS_IN_FLIGHT, durationMs, minBody: 200 };
}

/** Sign-ups against nothing but their hashing, on the same core and as many threads. */
export const signUp: Row = {
  name: 'sign-up',
  async run(context: Context) {
    const { rounds, roundMs } = context.options;
    const durationMs = roundMs * 2;
    const loader = context.loader();
    const ours = await context.latchkey();
    const threads = ours?.hashThreads ?? 1;
    const bare = context.peer('argon2.ts', { THREADS: String(threads) });
    await bare.message();
    const rates = await playRounds(rounds, {
      ...(ours && { ours: () => rateOf(ours.pid, () => loader.run(signUpLoad(ours.port, durationMs))) }),
      bare: () =>
        rateOf(bare.process.pid!, () => {
          bare.process.send(durationMs);
          return bare.message<{ count: number; perSecond: number }>();
        }),
    } as Record<string, Side>);
    await bare.stop();
    const peer = `argon2id, ${threads} thread${threads === 1 ? '' : 's'}`;
    return [against('sign-ups', '/s', rates.ours, peer, rates.bare!, 0.85)];
  },
};
