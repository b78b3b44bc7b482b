import type { EndEntry } from '../../log/relay/store.ts';
import { connectToRedis, type RedisServer } from './redis-connection.ts';

/** The stream of the events, and where it is recorded how far each log has been added. In one slot of a cluster. */
export const logoutStream = 'logout';
export const positionsKey = '{logout}:positions';

/** How long Redis may take for a command, milliseconds. A connection that has swallowed one is given up. */
const commandTimeout = 5000;

/**
 * Adds a batch, if the log has been added up to where the caller thinks, and records the new position: both or neither,
 * since a script runs as a whole, and its first command is the one that is refused where memory or disk are full.
 * Returns nothing, or the recorded position where that is another.
 */
const script = `
local at = redis.call('HGET', KEYS[2], ARGV[1]) or ''
if at ~= ARGV[2] then return at end
for i = 5, #ARGV, 3 do
  redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[4], '*',
    'sessionId', ARGV[i], 'reason', ARGV[i + 1], 'id', ARGV[i + 2])
end
redis.call('HSET', KEYS[2], ARGV[1], ARGV[3])
return false`;

interface AddEvents {
  addEvents(...args: (string | number)[]): Promise<string | null>;
}

/** The stream `logout` of a Redis. Every call may fail, and takes five seconds at most. */
interface EventStream {
  /** Whether there is a connection. */
  readonly isReady: boolean;
  /** Up to where the log's events have been added; undefined when Redis knows nothing of the log. */
  positionOf(log: string): Promise<number | undefined>;
  /**
   * Adds the events of these entries, each with the id `<log>:<seq>:<n>`, where n counts the sessions that one entry
   * ended, from 0. Does nothing and returns false where the log's position is not `expected`: another server was faster.
   */
  add(log: string, expected: number | undefined, entries: readonly EndEntry[]): Promise<boolean>;
  /** Ends the connection and makes another one. */
  reconnect(): void;
  close(): void;
}

interface EventStreamOptions {
  readonly server: RedisServer;
  /** About how many events the stream keeps, for readers that were away. */
  readonly length: number;
  /** Called with each new connection. */
  readonly onReady: () => void;
  /** Called with each error of a connection. */
  readonly onError: (error: Error) => void;
}

export function openEventStream({ server, length, onReady, onError }: EventStreamOptions): EventStream {
  const redis = connectToRedis(server, {
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    connectTimeout: commandTimeout,
    commandTimeout,
    retryStrategy: (times) => Math.min(2000, 100 * times),
  });
  redis.defineCommand('addEvents', { numberOfKeys: 2, lua: script });
  redis.on('error', onError);
  redis.on('ready', onReady);
  return {
    get isReady() {
      return redis.status === 'ready';
    },

    async positionOf(log) {
      const position = await redis.hget(positionsKey, log);
      return position === null ? undefined : Number(position);
    },

    async add(log, expected, entries) {
      const events = entries.flatMap(({ seq, reason, sessions }) =>
        sessions.flatMap((session, n) => [session, reason, `${log}:${seq}:${n}`]),
      );
      const keys = [logoutStream, positionsKey];
      const position = entries.at(-1)!.seq;
      const { addEvents } = redis as unknown as AddEvents;
      const found = await addEvents.call(redis, ...keys, log, expected ?? '', position, length, ...events);
      return found === null;
    },

    reconnect: () => redis.disconnect(true),
    close: () => redis.disconnect(),
  };
}
