/** What a service of the `story` row does: it checks credentials by one design when it is told to. Runs in a process of its own. */
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';

/** What a caller shows to a service. A design with one secret leaves `token` empty. */
export interface Credential {
  readonly token: string;
  readonly cookie: string;
}

export interface Checker<Prepared> {
  prepare(credential: Credential): Prepared;
  /** What the design's own call answers; nothing (or a promise of it) refuses. */
  check(prepared: Prepared): unknown;
  /** Whether an error of `check` refuses. Any other says that nobody could tell. */
  refuses(error: unknown): boolean;
  /** How often it has asked somebody since its start: requests, commands, statements. */
  asked(): number;
}

export type Verdict = 'accepted' | 'refused' | 'unavailable';

export type Order =
  | { kind: 'watch'; credential: Credential; everyMs: number; boundMs: number }
  | { kind: 'once'; credential: Credential; boundMs: number }
  | { kind: 'play'; credentials: readonly Credential[]; inFlight: number; ms: number };

export interface Said {
  readonly verdict: Verdict | 'no answer';
  readonly tookMs: number;
}

/** The first check that was not accepted. */
export interface Ending extends Said {
  /** When the last one began that was: nanoseconds of the monotonic clock that all processes share. */
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

/** Takes orders until the bench goes. `watch` answers twice: when the session is accepted, and when it is no longer. */
export function serveChecks<Prepared>(checker: Checker<Prepared>): void {
  process.on('message', ({ id, order }: { id: number; order: Order }) => {
    const say = (answer: unknown) => process.send?.({ id, answer });
    perform(checker, order, say).then(say, (error: unknown) =>
      process.send?.({ id, failure: error instanceof Error ? error.message : String(error) }),
    );
  });
  process.once('disconnect', () => process.exit(0));
  process.send?.('ready');
}

function perform<Prepared>(
  checker: Checker<Prepared>,
  order: Order,
  say: (answer: unknown) => void,
): Promise<unknown> {
  if (order.kind === 'watch') return watch(checker, order, () => say('accepted'));
  if (order.kind === 'once') return once(checker, order);
  return play(checker, order);
}

async function verdictOf<Prepared>(checker: Checker<Prepared>, prepared: Prepared): Promise<Verdict> {
  try {
    return (await checker.check(prepared)) ? 'accepted' : 'refused';
  } catch (error) {
    return checker.refuses(error) ? 'refused' : 'unavailable';
  }
}

/** Checks again and again until one is not accepted; null when all were to the end. */
async function watch<Prepared>(
  checker: Checker<Prepared>,
  { credential, everyMs, boundMs }: Order & { kind: 'watch' },
  accepted: () => void,
): Promise<Ending | null> {
  const prepared = checker.prepare(credential);
  if ((await verdictOf(checker, prepared)) !== 'accepted') throw new Error('an open session is not accepted');
  accepted();
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

/** One check, which is waited for no longer than the bound. */
async function once<Prepared>(
  checker: Checker<Prepared>,
  { credential, boundMs }: Order & { kind: 'once' },
): Promise<Said> {
  const from = performance.now();
  const late = sleep(boundMs, 'no answer' as const);
  const verdict = await Promise.race([verdictOf(checker, checker.prepare(credential)), late]);
  return { verdict, tookMs: performance.now() - from };
}

/** Checks open sessions round-robin for a while, as many at once as the order says. */
async function play<Prepared>(
  checker: Checker<Prepared>,
  { credentials, inFlight, ms }: Order & { kind: 'play' },
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
      // As in a service: what the design hears from elsewhere is heard.
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
