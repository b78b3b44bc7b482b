import type { Context } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import { checkServiceName, serviceKeyHash, serviceKeyPrefix } from './service.ts';

/** Registers a service and returns its key, of which only a hash is stored. Throws INVALID_DATA, or CONFLICT when the name is taken. */
export async function addService(
  ctx: Context,
  input: { readonly name: string },
): Promise<{ readonly name: string; readonly key: string }> {
  const name = checkServiceName(input.name);
  const key = `${serviceKeyPrefix}${ctx.ids.secret()}`;
  const service = { name, createTime: ctx.clock.now() };
  const inserted = await ctx.transaction((tx) => tx.services.insert(service, serviceKeyHash(key)));
  if (!inserted) throw new AppError('CONFLICT', { detail: 'A service of that name exists.' });
  return { name, key };
}
