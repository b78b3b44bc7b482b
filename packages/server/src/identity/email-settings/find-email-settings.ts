import type { Context } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import type { AccountId } from '../../kernel/ids.ts';
import type { EmailSettings } from './email-settings.ts';

/** The account's e-mail settings. Throws NOT_FOUND when it has none. */
export async function findEmailSettings(ctx: Context, accountId: AccountId): Promise<EmailSettings> {
  const settings = await ctx.read.emailSettings.find(accountId);
  if (settings === undefined) throw new AppError('NOT_FOUND');
  return settings;
}
