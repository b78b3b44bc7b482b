import { listMails, type ReadableMail } from '../../identity/mails/list-mails.ts';
import { type MailStatus, mailStatuses } from '../../identity/mails/mail.ts';
import { isoTime } from '../../kernel/time.ts';
import { type Command, UsageError } from '../frame/command.ts';
import { line, listFirst, readLimit } from '../frame/show.ts';

export const command: Command = {
  usage: '[--status waiting|sending|sent|parked] [--limit N]',
  help: `Lists mails, newest first: by default, at most 100. Unsent mails are shown with their links and codes: without
LATCHKEY_SMTP_URL, this is the only place to read them. The content of a mail is deleted once it is sent.`,
  options: { status: { type: 'string' }, limit: { type: 'string' } },
  async run(call) {
    const status = readStatus(call.text('status'));
    const limit = readLimit(call);
    const filter = status === undefined ? {} : { status };
    const mails = await call.withContext(({ context }) =>
      listFirst(call, limit, (page) => listMails(context, { filter, page })),
    );
    call.answer({ data: mails.map(mailSummary) }, mails.flatMap(linesOf));
    return undefined;
  },
};

function readStatus(text: string | undefined): MailStatus | undefined {
  const status = mailStatuses.find((known) => known === text);
  if (text !== undefined && status === undefined) {
    throw new UsageError(`--status must be one of ${mailStatuses.join(', ')}.`);
  }
  return status;
}

function mailSummary({ mail, content }: ReadableMail) {
  return {
    id: mail.id,
    kind: mail.kind,
    status: mail.status,
    ...(mail.accountId !== undefined && { user_id: mail.accountId }),
    create_time: isoTime(mail.createTime),
    ...(mail.expireTime !== undefined && { expire_time: isoTime(mail.expireTime) }),
    ...(mail.sentTime !== undefined && { sent_time: isoTime(mail.sentTime) }),
    attempts: mail.attempts,
    ...(mail.failure !== undefined && { failure: mail.failure }),
    ...(content !== undefined && { to: content.to, language: content.language }),
    ...(content?.values.link !== undefined && { link: content.values.link }),
    ...(content?.values.code !== undefined && { code: content.values.code }),
  };
}

function linesOf({ mail, content }: ReadableMail): string[] {
  const { link, code } = content?.values ?? {};
  return [
    line(mail.id, mail.status.padEnd(7), isoTime(mail.createTime), mail.kind.padEnd(16), content?.to ?? '-'),
    ...(link === undefined ? [] : [line('', 'link:', link)]),
    ...(code === undefined ? [] : [line('', 'code:', code)]),
    ...(mail.failure === undefined ? [] : [line('', 'failure:', mail.failure)]),
  ];
}
