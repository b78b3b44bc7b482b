import { explainConnectionFailure } from '../../kernel/connection-failure.ts';
import type { SessionId } from '../../kernel/ids.ts';
import { mergeRuns } from '../../kernel/merge-runs.ts';
import type { Logger } from '../../kernel/ports.ts';
import type { Entry } from '../../log/entry.ts';
import { connectToRedis, type RedisServer } from './redis-connection.ts';

/** The log as the relay reads it. */
export interface RelaySource {
  /** Entries of the log after a position, in order. */
  list(after: number, limit: number): Promise<Entry[]>;
  /** The position up to which entries may have been removed. */
  pruned(): Promise<number>;
  /** The sessions that an entry ended. */
  endedBy(entry: Entry): readonly SessionId[];
}

/** Passes every LogoutSessionEvent on to Redis. */
export interface RedisRelay {
  /** Soon passes on what the log has beyond the stream. */
  wake(): void;
  close(): Promise<void>;
}

/** The stream of the events. */
export const logoutStream = 'logout';
const pageSize = 500;
/** About how many events the stream keeps, for readers that were away. */
const maxLength = 100_000;
const retryTime = 1000;

/**
 * Relays the log's ended sessions to the Redis stream `logout`, one event `{sessionId, reason}` each. The id of an
 * event is `<seq>-<n>`, where n counts the sessions that one entry ended, from 0. Redis only takes ids in rising order,
 * so several instances may relay the same log. An instance that was away goes on with the entry of the stream's last id,
 * because some of its events may be missing. Redis decides nothing: while it is away, events wait in the log for as
 * long as the log keeps them.
 */
export function createRedisRelay(server: RedisServer, source: RelaySource, log: Logger): RedisRelay {
  const redis = connectToRedis(server, {
    lazyConnect: false,
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    retryStrategy: (times) => Math.min(2000, 100 * times),
  });
  let position: number | undefined;
  let closed = false;
  let warned = false;
  redis.on('error', (error: Error) => {
    const reason = explainConnectionFailure(error);
    if (!warned) log.warn({ err: error, reason }, 'Redis does not answer; logout events wait in the log');
    warned = true;
  });
  redis.on('ready', () => {
    warned = false;
    position = undefined;
    wake();
  });
  const timer = setInterval(wake, retryTime).unref();

  const relay = mergeRuns(async () => {
    if (closed || redis.status !== 'ready') return;
    try {
      await relayNew();
    } catch (error) {
      position = undefined;
      log.warn({ err: error }, 'logout events could not be handed to Redis');
    }
  });

  function wake(): void {
    void relay();
  }

  async function relayNew(): Promise<void> {
    position ??= Math.max(await lastRelayed(), await source.pruned());
    for (;;) {
      const entries = await source.list(position, pageSize);
      if (entries.length === 0) return;
      await add(entries);
      position = entries.at(-1)!.seq;
    }
  }

  async function lastRelayed(): Promise<number> {
    const [last] = await redis.xrevrange(logoutStream, '+', '-', 'COUNT', 1);
    return last === undefined ? 0 : Number(last[0].split('-')[0]) - 1;
  }

  async function add(entries: readonly Entry[]): Promise<void> {
    const pipeline = redis.pipeline();
    for (const entry of entries) {
      for (const [n, sessionId] of source.endedBy(entry).entries()) {
        const fields = ['sessionId', sessionId, 'reason', entry.reason];
        pipeline.xadd(logoutStream, 'MAXLEN', '~', maxLength, `${entry.seq}-${n}`, ...fields);
      }
    }
    for (const [error] of (await pipeline.exec()) ?? []) {
      // Another instance has added it.
      if (error !== null && !error.message.includes('equal or smaller')) throw error;
    }
  }

  return {
    wake,
    async close() {
      closed = true;
      clearInterval(timer);
      await relay();
      redis.disconnect();
    },
  };
}
