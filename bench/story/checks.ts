/** Starts services that check credentials (serve-checks.ts), and has them watch what becomes of closed sessions. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Side } from '../figures/rounds.ts';
import { LOAD_CORE, startScript } from '../load/pin.ts';
import type { CheckOrder, Credential, Ending, Played, Said } from './serve-checks.ts';

/** A session that is open. */
export interface OpenSession {
  readonly credential: Credential;
  /** When the credential ends by itself, where it tells. Milliseconds since 1970. */
  readonly endsAt?: number;
  /** Closes it from another session. The moment of the answer, in nanoseconds of the monotonic clock. */
  close(): Promise<bigint>;
}

export interface CheckService {
  /**
   * Checks every `everyMs`, 0 for without a pause. Resolves when the session was accepted; `ended` resolves when it no
   * longer is, or with null after `boundMs`.
   */
  watch(
    credential: Credential,
    everyMs: number,
    boundMs: number,
  ): Promise<{ readonly ended: Promise<Ending | null> }>;
  once(credential: Credential, boundMs: number): Promise<Said>;
  /** A side for `playRounds`: checks these sessions for `ms`, `inFlight` at once. */
  side(sessions: readonly OpenSession[], ms: number, inFlight?: number): Side;
  /** How often others were asked, per check of all its sides. */
  askedPerCheck(): number;
  stop(): Promise<void>;
}

export async function startChecks(
  script: string,
  env: Readonly<Record<string, string>>,
): Promise<CheckService> {
  const child = startScript(LOAD_CORE, script, env);
  await child.message<'ready'>();
  const give = <T>(order: CheckOrder) => child.ask<T>(order);
  const all = { count: 0, asked: 0 };
  return {
    async watch(credential, everyMs, boundMs) {
      const watch = await give<number>({ kind: 'watch', credential, everyMs, boundMs });
      const ended = give<Ending | null>({ kind: 'ending', watch });
      // A failure is told to those who wait for it.
      ended.catch(() => {});
      return { ended };
    },
    once: (credential, boundMs) => give<Said>({ kind: 'once', credential, boundMs }),
    side(sessions, ms, inFlight = 1) {
      const credentials = sessions.map((session) => session.credential);
      return async () => {
        const played = await give<Played>({ kind: 'play', credentials, inFlight, ms });
        all.count += played.count;
        all.asked += played.asked;
        return { wall: played.perSecond, cpu: played.count / played.cpuSeconds };
      };
    },
    askedPerCheck: () => all.asked / all.count,
    stop: child.stop,
  };
}

/**
 * Closes an open session once the service accepts it. Milliseconds from the answer to the begin of the last accepted
 * check, 0 when that began before the answer had arrived; null when the session is still accepted at the bound.
 */
export async function closeAndWatch(
  service: CheckService,
  session: OpenSession,
  { everyMs, boundMs, afterMs = 0 }: { everyMs: number; boundMs: number; afterMs?: number },
): Promise<number | null> {
  const { ended } = await service.watch(session.credential, everyMs, boundMs + afterMs);
  if (afterMs > 0) await sleep(afterMs);
  const answeredAt = await session.close();
  const ending = await ended;
  if (ending === null) return null;
  if (ending.verdict !== 'refused') throw new Error(`a closed session is not refused but ${ending.verdict}`);
  return Math.max(0, Number(BigInt(ending.acceptedAt) - answeredAt) / 1e6);
}
