import { join } from 'node:path';
import type { Context, Row } from '../context.ts';
import { against, type Figure } from '../figures/figure.ts';
import { playRounds, type Rate, type Side } from '../figures/rounds.ts';
import { acceptedLines, missingLine } from '../story/accepted-lines.ts';
import { startChecks } from '../story/checks.ts';
import {
  acceptedWithoutLatchkey,
  checkWithoutRedis,
  closeAtAllAges,
  closeEach,
  type Design,
  watchLong,
} from '../story/closings.ts';
import {
  betterAuthSessions,
  hasRedis,
  type Issuer,
  latchkeySessions,
  redisSessions,
} from '../story/issuers.ts';

interface Stoppable {
  stop(): Promise<void>;
}

/** Open sessions that a service checks round-robin. */
const LIVE = 10;
/** Checks at once: with fewer a service waits for Redis, with more it gets no faster. */
const REDIS_IN_FLIGHT = 100;

/** What becomes of a closed session in other designs, and what each of their checks costs. */
export const story: Row = {
  name: 'story',
  async run(context) {
    const started: Stoppable[] = [];
    try {
      return await compareDesigns(context, (each) => {
        started.push(each);
        return each;
      });
    } finally {
      for (const each of started.reverse()) await each.stop();
    }
  },
};

async function compareDesigns(
  { directory, options }: Context,
  keep: <T extends Stoppable>(started: T) => T,
): Promise<Figure[]> {
  const quick = options.rounds < 5;
  const closings = quick ? 8 : 30;
  const watchedMs = quick ? 5000 : 30_000;
  const shortAge = quick ? 2 : 10;

  const design = async <From extends Issuer>(issuer: From, script: string, env = {}) => ({
    issuer,
    service: keep(await startChecks(script, { ...issuer.env, ...env })),
  });
  const betterAuth = async (maxAge: number) => {
    const folder = join(directory, `story-${maxAge}`);
    return design(keep(await betterAuthSessions(folder, maxAge)), 'peers/check-better-auth.ts');
  };
  const redis = async () => design(keep(await redisSessions()), 'peers/check-redis.ts');

  const latchkey = options.peersOnly ? undefined : keep(await latchkeySessions(join(directory, 'story')));
  // A service that looks only at the token is shown Latchkey's own tokens.
  const [ours, jose, fastJwt, cached, briefly, uncached, lookedUp, leaving] = await Promise.all([
    latchkey && design(latchkey, 'story/check-latchkey.ts'),
    latchkey && design(latchkey, 'peers/check-jwt.ts', { LIBRARY: 'jose' }),
    latchkey && design(latchkey, 'peers/check-jwt.ts', { LIBRARY: 'fast-jwt' }),
    betterAuth(300),
    betterAuth(shortAge),
    betterAuth(0),
    hasRedis ? redis() : undefined,
    hasRedis ? redis() : undefined,
  ]);

  // These run beside the rest, with two checks a second each.
  const tokens = jose && watchLong(jose, watchedMs, ours?.service);
  const caches = watchLong(cached, watchedMs);
  const redisAway = leaving && checkWithoutRedis(leaving, watchedMs);
  for (const each of [tokens, caches, redisAway]) each?.catch(() => {});

  const oursAfter = ours && (await closeEach(ours, closings));
  const uncachedAfter = await closeEach(uncached, closings);
  const lookedUpAfter = lookedUp && (await closeEach(lookedUp, closings));

  const sides: Record<string, Side> = {};
  const add = async (name: string, it: Design | undefined, inFlight?: number) => {
    if (!it) return;
    const live = [];
    while (live.length < LIVE) live.push(await it.issuer.open());
    sides[name] = it.service.side(live, options.roundMs / 8, inFlight);
  };
  await add('ours', ours);
  await add('jose, token alone', jose);
  await add('fast-jwt cached, token alone', fastJwt);
  await add('better-auth, cookie cache', cached);
  await add('better-auth, no cookie cache', uncached);
  await add(`Redis, ${REDIS_IN_FLIGHT} at once`, lookedUp, REDIS_IN_FLIGHT);
  await add('Redis, one at a time', lookedUp);
  const rates: Record<string, Rate[]> = await playRounds(options.rounds, sides);

  const brieflyAfter = closeAtAllAges(briefly, shortAge, closings / 2);
  const oursAway = ours && !quick ? acceptedWithoutLatchkey(ours) : undefined;
  for (const each of [brieflyAfter, oursAway]) each?.catch(() => {});
  const asked = (peer: string, it: Design | undefined): Figure[] => {
    if (!it) return [];
    const base = { figure: 'asked of others', unit: 'per check', rounds: options.rounds };
    return [{ ...base, ours: ours?.service.askedPerCheck(), peer, theirs: it.service.askedPerCheck() }];
  };
  return [
    ...(tokens ? acceptedLines(oursAfter, 'jose, token alone', await tokens) : []),
    ...acceptedLines(oursAfter, 'better-auth, cookie cache of 300 s', await caches),
    ...acceptedLines(oursAfter, `better-auth, cookie cache of ${shortAge} s`, await brieflyAfter),
    ...acceptedLines(oursAfter, 'better-auth, no cookie cache', uncachedAfter),
    ...(lookedUpAfter
      ? acceptedLines(oursAfter, 'Redis', lookedUpAfter)
      : [missingLine(oursAfter, 'Redis', 'redis-server is not on this machine')]),
    ...Object.entries(rates)
      .filter(([peer]) => peer !== 'ours')
      .map(([peer, theirs]) => against('checks in one service', '/s', rates.ours, peer, theirs)),
    ...asked('jose, token alone', jose),
    ...asked('better-auth, cookie cache', cached),
    ...asked('better-auth, no cookie cache', uncached),
    ...asked('Redis', lookedUp),
    ...(redisAway ? [await redisAway] : []),
    ...(oursAway ? [await oursAway] : []),
  ];
}
