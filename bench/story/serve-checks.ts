/** A service of the `story` row, in a process of its own: it checks credentials by one design when it is told to. */
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { serveOrders } from '../load/serve-orders.ts';

/** What a caller shows to a service. A design with one secret leaves `token` empty. */
export interface Credential {
  readonly token: string;
  readonly cookie: string;
}

export interface Checker<Prepared> {
  prepare(credential: Credential): Prepared;
  /** The design's own call; an empty answer, or a promise of one, means refused. */
  check(prepared: Prepared): unknown;
  /** Whether an error of `check` means refused. Any other means that nobody could tell. */
  refuses(error: unknown): boolean;
  /** How often the service has asked others since its start: requests, commands, statements. */
  asked(): number;
}

export type Verdict = 'accepted' | 'refused' | 'unavailable';

export type CheckOrder =
  | { kind: 'watch'; credential: Credential; everyMs: number; boundMs: number }
  | { kind: 'ending'; watch: number }
  | { kind: 'once'; credential: Credential; boundMs: number }
  | { kind: 'play'; credentials: readonly Credential[]; inFlight: number; ms: number };

export interface Said {
  readonly verdict: Verdict | 'no answer';
  readonly tookMs: number;
}

/** The first check that was not accepted. */
export interface Ending extends Said {
  /** When the last accepted one began: nanoseconds of the monotonic clock that all processes share. */
  readonly acceptedAt: string;
}

export interface Played {
  readonly count: number;
  readonly perSecond: number;
  readonly cpuSeconds: number;
  readonly asked: number;
}

/** Checks between two looks at the clock, and milliseconds between two turns of the event loop. */
const STRIDE = 16;
const TURN = 5;

/** Takes orders until the bench goes. A `watch` answers with its number, by which `ending` asks how it ended. */
export function serveChecks<Prepared>(checker: Checker<Prepared>): void {
  const watches: Promise<Ending | null>[] = [];
  serveOrders(async (order: CheckOrder) => {
    if (order.kind === 'ending') return watches[order.watch];
    if (order.kind === 'once') return checkOnce(checker, order);
    if (order.kind === 'play') return play(checker, order);
    const prepared = checker.prepare(order.credential);
    if ((await verdictOf(checker, prepared)) !== 'accepted')
      throw new Error('an open session is not accepted');
    const watch = watchUntilRefused(checker, prepared, order);
    // A failure is told to those who ask for the ending.
    watch.catch(() => {});
    return watches.push(watch) - 1;
  });
}

async function verdictOf<Prepared>(checker: Checker<Prepared>, prepared: Prepared): Promise<Verdict> {
  try {
    return (await checker.check(prepared)) ? 'accepted' : 'refused';
  } catch (error) {
    return checker.refuses(error) ? 'refused' : 'unavailable';
  }
}

/** Checks again and again until a check is not accepted; null when all were until the time is up. */
async function watchUntilRefused<Prepared>(
  checker: Checker<Prepared>,
  prepared: Prepared,
  { everyMs, boundMs }: { everyMs: number; boundMs: number },
): Promise<Ending | null> {
  const end = performance.now() + boundMs;
  let acceptedAt = 0n;
  do {
    if (everyMs > 0) await sleep(everyMs);
    else await setImmediate();
    const at = process.hrtime.bigint();
    const from = performance.now();
    const verdict = await verdictOf(checker, prepared);
    const tookMs = performance.now() - from;
    if (verdict === 'accepted') {
      acceptedAt = at;
      continue;
    }
    for (let n = 0; n < 3; n++) {
      if ((await verdictOf(checker, prepared)) === 'accepted') throw new Error('a refused session is back');
    }
    return { verdict, acceptedAt: String(acceptedAt), tookMs };
  } while (performance.now() < end);
  return null;
}

/** One check, waited for until the bound. */
async function checkOnce<Prepared>(
  checker: Checker<Prepared>,
  { credential, boundMs }: CheckOrder & { kind: 'once' },
): Promise<Said> {
  const from = performance.now();
  const late = sleep(boundMs, 'no answer' as const);
  const verdict = await Promise.race([verdictOf(checker, checker.prepare(credential)), late]);
  return { verdict, tookMs: performance.now() - from };
}

/** Checks open sessions round-robin for `ms`, `inFlight` at once. */
async function play<Prepared>(
  checker: Checker<Prepared>,
  { credentials, inFlight, ms }: CheckOrder & { kind: 'play' },
): Promise<Played> {
  const prepared = credentials.map((credential) => checker.prepare(credential));
  const askedBefore = checker.asked();
  const cpu = process.cpuUsage();
  const from = performance.now();
  const end = from + ms;
  let count = 0;
  const keepChecking = async () => {
    let turned = from;
    for (;;) {
      for (let n = 0; n < STRIDE; n++) {
        if (!(await checker.check(prepared[count++ % prepared.length]!))) {
          throw new Error('an open session is refused');
        }
      }
      const now = performance.now();
      if (now >= end) return;
      if (now - turned < TURN) continue;
      // The event loop turns, as it does in a service, so that what the design is sent arrives.
      await setImmediate();
      turned = performance.now();
    }
  };
  await Promise.all(Array.from({ length: inFlight }, keepChecking));
  const seconds = (performance.now() - from) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const cpuSeconds = (user + system) / 1e6;
  return { count, perSecond: count / seconds, cpuSeconds, asked: checker.asked() - askedBefore };
}
