import type { Context } from '../../kernel/context.ts';
import type { Service } from './service.ts';

/** The registered services, by name. */
export function listServices(ctx: Context): Promise<Service[]> {
  return ctx.read.services.list();
}
