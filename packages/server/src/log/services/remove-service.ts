import type { Context } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';

/** Forgets a service: its key opens the feed no longer, and its streams are cut. Throws NOT_FOUND. */
export async function removeService(ctx: Context, input: { readonly name: string }): Promise<void> {
  if (!(await ctx.transaction((tx) => tx.services.remove(input.name)))) throw new AppError('NOT_FOUND');
}
