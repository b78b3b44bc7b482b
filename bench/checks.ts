/** Starts services that check credentials (check-service.ts), and has them watch what becomes of closed sessions. */
import { join } from 'node:path';
import type { Credential, Ending, Order, Played, Said } from './check-service.ts';
import { LOAD_CORE, startPinned } from './pin.ts';
import type { Side } from './rounds.ts';

/** A session that is open, and how it is closed from another one; resolves with the moment of the answer. */
export interface OpenSession {
  readonly credential: Credential;
  /** When the credential ends by itself, where that can be read off it. Milliseconds since 1970. */
  readonly endsAt?: number;
  close(): Promise<bigint>;
}

export interface CheckService {
  /**
   * Checks every so many milliseconds, 0 for without a pause. Resolves when the session was accepted; `ended` does when
   * it no longer is, with null when the time is up.
   */
  watch(
    credential: Credential,
    everyMs: number,
    boundMs: number,
  ): Promise<{ readonly ended: Promise<Ending | null> }>;
  once(credential: Credential, boundMs: number): Promise<Said>;
  /** A contender for `playRounds`: it checks these for so long, so many at once. */
  side(sessions: readonly OpenSession[], ms: number, inFlight?: number): Side;
  /** What all checks of its sides asked of others, per check. */
  askedPerCheck(): number;
  stop(): Promise<void>;
}

export async function startChecks(
  script: string,
  env: Readonly<Record<string, string>>,
): Promise<CheckService> {
  const child = startPinned(LOAD_CORE, [join(import.meta.dirname, script)], env);
  await child.message<'ready'>();
  const waiting = new Map<number, (reply: Reply) => void>();
  let died: Error | undefined;
  child.process.on('message', (reply: Reply) => waiting.get(reply.id)?.(reply));
  child.process.once('exit', () => {
    died = new Error(`${script} ended`);
    for (const [id, tell] of waiting) tell({ id, failure: died.message });
  });
  let next = 0;
  /** Gives an order that is replied to so many times. */
  function give(order: Order, times: number): Promise<unknown>[] {
    if (died) throw died;
    const id = next++;
    const replies = Array.from({ length: times }, () => Promise.withResolvers<unknown>());
    // Whoever waits for one hears of a failure there.
    for (const { promise } of replies) promise.catch(() => {});
    let got = 0;
    waiting.set(id, ({ answer, failure }) => {
      if (failure !== undefined) for (const { reject } of replies.slice(got)) reject(new Error(failure));
      else replies[got]?.resolve(answer);
      if (failure !== undefined || ++got === replies.length) waiting.delete(id);
    });
    child.process.send({ id, order });
    return replies.map(({ promise }) => promise);
  }
  const all = { count: 0, asked: 0 };
  return {
    async watch(credential, everyMs, boundMs) {
      const [accepted, ended] = give({ kind: 'watch', credential, everyMs, boundMs }, 2);
      await accepted;
      return { ended: ended as Promise<Ending | null> };
    },
    async once(credential, boundMs) {
      const [ending] = give({ kind: 'once', credential, boundMs }, 1);
      return (await ending) as Said;
    },
    side(sessions, ms, inFlight = 1) {
      const credentials = sessions.map((session) => session.credential);
      return async () => {
        const [reply] = give({ kind: 'play', credentials, inFlight, ms }, 1);
        const { count, perSecond, cpuSeconds, asked } = (await reply) as Played;
        all.count += count;
        all.asked += asked;
        return { wall: perSecond, cpu: count / cpuSeconds };
      };
    },
    askedPerCheck: () => all.asked / all.count,
    stop: () => child.stop(),
  };
}

interface Reply {
  readonly id: number;
  readonly answer?: unknown;
  readonly failure?: string;
}

/**
 * Closes an open session once the service accepts it. Milliseconds from the answer to the begin of the last check that
 * is accepted, 0 when that was before the answer had arrived; null when it still is accepted at the bound.
 */
export async function closeAndWatch(
  service: CheckService,
  session: OpenSession,
  { everyMs, boundMs, afterMs = 0 }: { everyMs: number; boundMs: number; afterMs?: number },
): Promise<number | null> {
  const { ended } = await service.watch(session.credential, everyMs, boundMs + afterMs);
  if (afterMs > 0) await new Promise((resolve) => setTimeout(resolve, afterMs));
  const answeredAt = await session.close();
  const ending = await ended;
  if (ending === null) return null;
  if (ending.verdict !== 'refused') throw new Error(`a closed session is not refused but ${ending.verdict}`);
  return Math.max(0, Number(BigInt(ending.acceptedAt) - answeredAt) / 1e6);
}
