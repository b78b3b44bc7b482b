import type { Redis } from 'ioredis';
import { explainConnectionFailure } from '../../kernel/connection-failure.ts';
import { connectToRedis, type RedisServer } from './redis-connection.ts';
import { logoutStream } from './redis-relay.ts';

/** An id that every Redis refuses, after it has checked who may write, and whether it can be written. */
const noId = '0-0';

/**
 * Tries a Redis as the relay uses it, and adds nothing: PING, and whether the stream can be read and added to. Each step
 * may take `timeout` milliseconds. Throws an Error that says what failed, without the URL.
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
    await redis.xrevrange(logoutStream, '+', '-', 'COUNT', 1);
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
