import type { Context } from '../../kernel/context.ts';
import type { Mail, MailContent } from './mail.ts';

/**
 * Decrypts a mail's content. Undefined when it was deleted, or encrypted with keys that this process does not
 * have.
 */
export function openMail(ctx: Pick<Context, 'mailBox'>, mail: Mail): MailContent | undefined {
  const text = mail.sealed === undefined ? undefined : ctx.mailBox.open(mail.sealed);
  return text === undefined ? undefined : (JSON.parse(text) as MailContent);
}
