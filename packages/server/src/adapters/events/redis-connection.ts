import { Redis, type RedisOptions } from 'ioredis';
import { trustFor } from '../../kernel/trust.ts';

/** Which Redis, and whose certificates it may have where its URL is `rediss://`: see `trustFor`. */
export interface RedisServer {
  readonly url: string;
  /** The authorities of its certificate, in PEM. */
  readonly ca?: string | undefined;
}

/** Options of the driver, apart from those that change what it answers. */
type Options = Omit<RedisOptions, 'protocol' | 'replyMapping'>;

/** Connects to a Redis. */
export function connectToRedis({ url, ca }: RedisServer, options: Options): Redis {
  const { protocol, hostname } = new URL(url);
  const all: Options = protocol === 'rediss:' ? { ...options, tls: trustFor(hostname, ca) } : options;
  return new Redis(url, all);
}
