import type { Context } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import { type Service, serviceKeyHash } from './service.ts';

/** A service that has proven its key, with the hash of the key. */
export interface ProvenService extends Service {
  readonly keyHash: string;
}

/** The service that the key belongs to. Throws INVALID_CREDENTIALS. */
export async function authenticateService(ctx: Context, key: string | undefined): Promise<ProvenService> {
  const service = await findService(ctx, key);
  if (!service) throw new AppError('INVALID_CREDENTIALS', { detail: 'The service key is not valid.' });
  return service;
}

/** The service that the key belongs to, if any. */
export async function findService(ctx: Context, key: string | undefined): Promise<ProvenService | undefined> {
  if (!key || key.length > 128) return undefined;
  const keyHash = serviceKeyHash(key);
  const service = await ctx.read.services.findByKeyHash(keyHash);
  return service && { ...service, keyHash };
}
