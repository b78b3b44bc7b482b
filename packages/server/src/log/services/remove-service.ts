import type { Context } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';

/** Removes a service: its key no longer opens the feed, and its streams are cut off. Throws NOT_FOUND. */
export async function removeService(ctx: Context, input: { readonly name: string }): Promise<void> {
  if (!(await ctx.transaction((tx) => tx.services.remove(input.name)))) throw new AppError('NOT_FOUND');
}
