import type { Context } from '../../kernel/context.ts';
import type { Mail, MailContent } from './mail.ts';

/** What the mail says; undefined when that was forgotten, or sealed with keys that are not here. */
export function openMail(ctx: Pick<Context, 'mail'>, mail: Mail): MailContent | undefined {
  const text = mail.sealed === undefined ? undefined : ctx.mail.box.open(mail.sealed);
  return text === undefined ? undefined : (JSON.parse(text) as MailContent);
}
