import type { Context } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';

/** Lets a parked mail be sent again, at once. Throws NOT_FOUND when no parked mail has the id. */
export async function retryMail(ctx: Context, input: { readonly id: string }): Promise<void> {
  const found = await ctx.transaction((tx) => tx.mails.retry(input.id, ctx.clock.now()));
  if (!found) throw new AppError('NOT_FOUND', { detail: 'There is no parked mail by that id.' });
  ctx.mail.wake();
}
