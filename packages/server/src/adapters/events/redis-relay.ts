import { Redis } from 'ioredis';
import type { SessionId } from '../../kernel/ids.ts';
import type { Logger } from '../../kernel/ports.ts';
import type { Entry } from '../../log/entry.ts';

/** What the relay follows. */
export interface RelaySource {
  /** Entries of the log after a position, in order. */
  list(after: number, limit: number): Promise<Entry[]>;
  /** Entries before or at it may be forgotten. */
  pruned(): Promise<number>;
  /** The sessions whose end an entry tells of. */
  endedBy(entry: Entry): readonly SessionId[];
}

/** Hands every LogoutSessionEvent on to Redis. */
export interface RedisRelay {
  /** Hands on what the log has beyond the stream, soon. */
  wake(): void;
  close(): Promise<void>;
}

const stream = 'logout';
const pageSize = 500;
/** About as many events are kept for readers that were away. */
const maxLength = 100_000;
const retryTime = 1000;

/**
 * Relays the log's ended sessions to the Redis stream `logout`, one event `{sessionId, reason}` each. The id of an
 * event is `<seq>-<n>`, n counting from 0 the sessions that ended by one entry. Redis takes it once and in order alone:
 * so several instances may relay the same log, and one that was away goes on with the entry of the stream's last id,
 * of which not every event need have arrived. Redis carries, it decides nothing: while it is away, events wait
 * in the log as long as the log keeps them.
 */
export function createRedisRelay(url: string, source: RelaySource, log: Logger): RedisRelay {
  const redis = new Redis(url, {
    lazyConnect: false,
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    retryStrategy: (times) => Math.min(2000, 100 * times),
  });
  let position: number | undefined;
  let running: Promise<void> | undefined;
  let again = false;
  let closed = false;
  let told = false;
  redis.on('error', (error: Error) => {
    if (!told) log.warn({ err: error }, 'Redis does not answer; logout events wait in the log');
    told = true;
  });
  redis.on('ready', () => {
    told = false;
    position = undefined;
    wake();
  });
  const timer = setInterval(wake, retryTime).unref();

  function wake(): void {
    if (closed || redis.status !== 'ready') return;
    if (running !== undefined) {
      again = true;
      return;
    }
    running = relay()
      .catch((error: unknown) => {
        position = undefined;
        log.warn({ err: error }, 'logout events could not be handed to Redis');
      })
      .finally(() => {
        running = undefined;
        if (again) {
          again = false;
          wake();
        }
      });
  }

  async function relay(): Promise<void> {
    position ??= Math.max(await lastRelayed(), await source.pruned());
    for (;;) {
      const entries = await source.list(position, pageSize);
      if (entries.length === 0) return;
      await add(entries);
      position = entries.at(-1)!.seq;
    }
  }

  async function lastRelayed(): Promise<number> {
    const [last] = await redis.xrevrange(stream, '+', '-', 'COUNT', 1);
    return last === undefined ? 0 : Number(last[0].split('-')[0]) - 1;
  }

  async function add(entries: readonly Entry[]): Promise<void> {
    const pipeline = redis.pipeline();
    for (const entry of entries) {
      for (const [n, sessionId] of source.endedBy(entry).entries()) {
        const fields = ['sessionId', sessionId, 'reason', entry.reason];
        pipeline.xadd(stream, 'MAXLEN', '~', maxLength, `${entry.seq}-${n}`, ...fields);
      }
    }
    for (const [error] of (await pipeline.exec()) ?? []) {
      // Another instance was first.
      if (error !== null && !error.message.includes('equal or smaller')) throw error;
    }
  }

  return {
    wake,
    async close() {
      closed = true;
      clearInterval(timer);
      await running;
      redis.disconnect();
    },
  };
}
