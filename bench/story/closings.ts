/** The experiments of the `story` row. Each fails when a session was not accepted before it was closed. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Figure } from '../figures/figure.ts';
import type { StillAccepted } from './accepted-lines.ts';
import { type CheckService, closeAndWatch } from './checks.ts';
import type { Issuer } from './issuers.ts';

/** Who opens and closes sessions, and a service that checks them. */
export interface Design<From extends Issuer = Issuer> {
  readonly issuer: From;
  readonly service: CheckService;
}

/** Milliseconds until a service that should refuse a session is given up on. */
const BOUND = 10_000;
/** Sessions that are watched for long, side by side. */
const WATCHED = 5;

/** Closes one session after the other, checked without a pause. Milliseconds from each answer to the last accepted check. */
export async function closeEach({ issuer, service }: Design, count: number): Promise<number[]> {
  const delays: number[] = [];
  for (let n = 0; n < count; n++) {
    const delay = await closeAndWatch(service, await issuer.open(), { everyMs: 0, boundMs: BOUND });
    if (delay === null) throw new Error(`a closed session is accepted for ${BOUND / 1000} s`);
    delays.push(delay);
  }
  return delays;
}

/**
 * Closes sessions as soon as they are open, and checks them twice a second until the time is up: the service has to accept
 * them to the end. `knowing` is another service, which has to refuse the same sessions.
 */
export async function watchLong(
  { issuer, service }: Design,
  watchedMs: number,
  knowing?: CheckService,
): Promise<StillAccepted> {
  const sessions = await Promise.all(Array.from({ length: WATCHED }, () => issuer.open()));
  const left = sessions.map((session) => session.endsAt! - Date.now());
  const watching = sessions.map((session) =>
    closeAndWatch(service, session, { everyMs: 500, boundMs: watchedMs }),
  );
  if (knowing) {
    await sleep(watchedMs / 2);
    for (const { credential } of sessions) {
      const { verdict } = await knowing.once(credential, 1000);
      if (verdict !== 'refused') throw new Error('a session that is watched was not closed');
    }
  }
  const delays = await Promise.all(watching);
  const refused = delays.find((delay) => delay !== null);
  if (refused !== undefined) throw new Error(`refused after ${refused} ms, before it ended`);
  return { closings: WATCHED, watchedMs, endsAfterMs: Math.min(...left) };
}

/** Closes sessions side by side, at ages spread evenly over the `life` (s) of what the service believes. */
export async function closeAtAllAges(
  { issuer, service }: Design,
  life: number,
  count: number,
): Promise<number[]> {
  const delays: Array<Promise<number | null>> = [];
  for (let n = 0; n < count; n++) {
    const session = await issuer.open();
    const options = { everyMs: 20, boundMs: life * 1000 + BOUND, afterMs: (n / count) * life * 1000 };
    delays.push(closeAndWatch(service, session, options));
  }
  return (await Promise.all(delays)).map((delay) => {
    if (delay === null) throw new Error(`accepted for longer than the ${life} s`);
    return delay;
  });
}

/** Stops Redis under an open session. What the first check after that says. */
export async function checkWithoutRedis(
  { issuer, service }: Design<Issuer & { stopRedis(): Promise<void> }>,
  watchedMs: number,
): Promise<Figure> {
  const { credential } = await issuer.open();
  const before = await service.once(credential, 1000);
  if (before.verdict !== 'accepted') throw new Error('an open session is not accepted');
  await issuer.stopRedis();
  await sleep(500);
  const { verdict, tookMs } = await service.once(credential, watchedMs);
  const seconds = `${(tookMs / 1000).toFixed(1)} s`;
  const said = verdict === 'no answer' ? `no answer within ${seconds}` : `${verdict} after ${seconds}`;
  return { figure: 'first check without Redis', unit: 's', peer: 'Redis', theirsText: said, rounds: 1 };
}

/** Stops Latchkey under an open session. How long the verifier still accepts it, and what it says then. */
export async function acceptedWithoutLatchkey({ issuer, service }: Design): Promise<Figure> {
  const { credential } = await issuer.open();
  const { ended } = await service.watch(credential, 10, 20_000);
  await issuer.stop();
  const since = process.hrtime.bigint();
  const ending = await ended;
  if (ending?.verdict !== 'unavailable')
    throw new Error(`without Latchkey: ${ending?.verdict ?? 'accepted'}`);
  return {
    figure: 'an open session accepted without Latchkey',
    unit: 's',
    ours: Number(BigInt(ending.acceptedAt) - since) / 1e9,
    rounds: 1,
    note: `then Unavailable, the first time after ${ending.tookMs.toFixed(1)} ms`,
  };
}
