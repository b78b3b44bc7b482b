import type { Context } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import { type Service, serviceKeyHash } from './service.ts';

/** A service that has proven itself, and what its key is found by. */
export interface ProvenService extends Service {
  readonly keyHash: string;
}

/** The service that the key belongs to. Throws INVALID_CREDENTIALS. */
export async function authenticateService(ctx: Context, key: string | undefined): Promise<ProvenService> {
  const keyHash = key && key.length <= 128 ? serviceKeyHash(key) : undefined;
  const service = keyHash && (await ctx.read.services.findByKeyHash(keyHash));
  if (!keyHash || !service)
    throw new AppError('INVALID_CREDENTIALS', { detail: 'The service key is not valid.' });
  return { ...service, keyHash };
}
