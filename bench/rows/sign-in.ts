import type { Context, Row } from '../context.ts';
import { against } from '../figures.ts';
import type { Latchkey } from '../latchkey.ts';
import { httpRequest, type LoadJob } from '../load.ts';
import { playRounds, rateOf, type Side } from '../rounds.ts';

/** Sign-ins kept in flight: enough that the hasher never waits, few enough that its queue never refuses. */
export const SIGN_INS_IN_FLIGHT = 4;

/** Sign-ins of account after account, so that no limit per account or address is met. */
export function signInLoad(ours: Latchkey, durationMs: number): LoadJob {
  const requests = ours.logins.map((login, n) =>
    httpRequest('POST', '/api/v1/signin', ours.addressHeaders(n), { login, password: ours.password }),
  );
  return { port: ours.port, requests, connections: SIGN_INS_IN_FLIGHT, durationMs, minBody: 200 };
}

/** Sign-ins against nothing but their hashing, on the same core and as many threads. */
export const signIn: Row = {
  name: 'sign-in',
  async run(context: Context) {
    const { rounds, roundMs } = context.options;
    // A hash takes 25 ms or more: a round needs some time to hold enough of them.
    const durationMs = roundMs * 2;
    const loader = context.loader();
    const ours = await context.latchkey();
    const threads = ours?.hashThreads ?? 1;
    const bare = context.peer('argon2.ts', { THREADS: String(threads) });
    await bare.message();
    const rates = await playRounds(rounds, {
      ...(ours && { ours: () => rateOf(ours.pid, () => loader.run(signInLoad(ours, durationMs))) }),
      bare: () =>
        rateOf(bare.process.pid!, () => {
          bare.process.send(durationMs);
          return bare.message<{ count: number; perSecond: number }>();
        }),
    } as Record<string, Side>);
    await bare.stop();
    const peer = `argon2id, ${threads} thread${threads === 1 ? '' : 's'}`;
    return [against('sign-ins', '/s', rates.ours, peer, rates.bare!, 0.9)];
  },
};
