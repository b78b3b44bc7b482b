import type { Context } from '../../kernel/context.ts';
import { mapPage, type Page, type PageRequest } from '../../kernel/pages.ts';
import type { Mail, MailContent } from './mail.ts';
import { openMail } from './open-mail.ts';
import type { MailFilter } from './store.ts';

/** A mail with what it says, unless that was forgotten. */
export interface ReadableMail {
  readonly mail: Mail;
  readonly content?: MailContent;
}

/** The queue, newest first. */
export async function listMails(
  ctx: Context,
  input: { readonly filter: MailFilter; readonly page: PageRequest },
): Promise<Page<ReadableMail>> {
  const page = await ctx.read.mails.list(input.filter, input.page);
  return mapPage(page, (mail) => {
    const content = openMail(ctx, mail);
    return content === undefined ? { mail } : { mail, content };
  });
}
