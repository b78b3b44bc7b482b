import type { Redis } from 'ioredis';
import { explainConnectionFailure } from '../../kernel/connection-failure.ts';
import { logoutStream, positionsKey } from './event-stream.ts';
import { connectToRedis, type RedisServer } from './redis-connection.ts';

/** An id that every Redis refuses, after it has checked who may write, and whether it can be written. */
const noId = '0-0';

/**
 * Tries a Redis as the relay uses it, and adds nothing: PING, whether the stream can be added to, and whether scripts and
 * the record of positions can be used. Each step may take `timeout` milliseconds. Throws an Error that says what failed, without the URL.
 */
export async function probeRedis(server: RedisServer, timeout: number): Promise<void> {
  const redis = connectToRedis(server, {
    lazyConnect: true,
    connectTimeout: timeout,
    commandTimeout: timeout,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let failure: Error | undefined;
  redis.on('error', (error: Error) => {
    failure ??= error;
  });
  try {
    await redis.connect();
    await redis.ping();
    await redis.xlen(logoutStream);
    await redis.hget(positionsKey, 'probe');
    await redis.eval('return 1', 2, logoutStream, positionsKey);
    await addNothing(redis);
  } catch (error) {
    // The first error is the cause; a later one only says that the connection is closed.
    const cause = failure ?? (error as Error);
    throw new Error(reasonOf(cause), { cause });
  } finally {
    redis.disconnect();
  }
}

/** Redis's own words, where they help: they begin with a code that its manual explains, such as NOPERM. */
function reasonOf(error: Error): string {
  const { message } = error;
  if (message.includes('RESP type')) return 'it answers otherwise than a Redis';
  if (message.startsWith('NOAUTH')) return 'it wants a password (NOAUTH)';
  return explainConnectionFailure(error) ?? message.replace(/\.$/, '');
}

async function addNothing(redis: Redis): Promise<void> {
  try {
    await redis.xadd(logoutStream, noId, 'probe', '');
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes(noId)) throw error;
  }
}
