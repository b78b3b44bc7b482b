import { explainConnectionFailure } from '../../kernel/connection-failure.ts';
import type { MailError } from '../../kernel/ports.ts';

/** What a failure means for a mail, and why it is. */
export interface SmtpFailure {
  readonly failure: MailError['failure'];
  /** In words, about the mail server as "it", with the codes of its reply. Its text is left out: it may repeat a secret. */
  readonly reason: string;
}

/** An error of nodemailer. */
interface SmtpError {
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number | false;
  readonly response?: string;
  readonly timeoutType?: string;
}

type Row = readonly [step: RegExp, reply: RegExp, about: 'mail' | 'later' | 'server', reason: string];

/**
 * What a reply to a command means: the first row that fits counts. The reply begins with its codes. `later` is a matter of
 * the settings, although it may be about some recipients only: it is never final.
 */
const replies: readonly Row[] = [
  [/^AUTH/, /^/, 'server', 'it refuses the credentials'],
  [
    /^STARTTLS/,
    /^/,
    'server',
    'it does not encrypt the connection, which is needed for credentials, or by requireTLS in the URL',
  ],
  [/^(?:MAIL|RCPT)/, /starttls|encrypt|\btls\b/i, 'server', 'it wants an encrypted connection'],
  [/^(?:MAIL|RCPT)/, /^530|authenticat/i, 'server', 'it wants credentials'],
  [/^(?:MAIL|DATA)/, /^552|5\.3\.4/, 'mail', 'the mail is too big for it'],
  [/^MAIL/, /^4/, 'mail', 'it takes nothing from the sender'],
  [/^MAIL/, /^/, 'server', 'it refuses the sender, LATCHKEY_MAIL_FROM'],
  [/^RCPT/, /relay/i, 'later', 'it does not pass mails on for this machine (no relaying)'],
  [/^RCPT/, /^[45]52|[45]\.2\.2/, 'mail', 'the mailbox is full'],
  [/^RCPT/, /^5\d\d 5\.1\.|^55[013](?! 5)/, 'mail', 'it knows no such mailbox'],
  [/^RCPT/, /^/, 'mail', 'it refuses the recipient'],
  [/^DATA/, /^/, 'mail', 'it refuses the mail'],
  [/^/, /^/, 'server', 'it does not take the connection'],
];

/**
 * Explains an error of nodemailer. What is about this mail is `refused` for good (5yz, RFC 5321, 4.2.1) or put off
 * (`later`). All else is about the server or the settings, whatever its code is (`unreachable`): the mail waits until
 * they are right.
 */
export function explainSmtpFailure(error: unknown): SmtpFailure {
  const failed = (error ?? {}) as SmtpError;
  const code = Number(failed.responseCode || 0);
  if (code < 400) return explainWithoutReply(failed);
  const { command = '', response = '' } = failed;
  const enhanced = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1];
  const codes = enhanced === undefined ? String(code) : `${code} ${enhanced}`;
  const reply = `${codes} ${response.replace(/^\d{3}[ -]/, '')}`;
  const step = failed.code === 'EAUTH' ? 'AUTH' : command;
  const [, , about, reason] = replies.find((row) => row[0].test(step) && row[1].test(reply))!;
  if (about === 'server') return { failure: 'unreachable', reason: `${reason} (${codes})` };
  return code >= 500 && about === 'mail'
    ? { failure: 'refused', reason: `${reason} (${codes})` }
    : { failure: 'later', reason: `${reason}${code < 500 ? ' for now' : ''} (${codes})` };
}

/** What failed before the server answered, or without its doing. */
function explainWithoutReply(failed: SmtpError): SmtpFailure {
  const { code = 'unknown', timeoutType, command } = failed;
  if (code === 'EENVELOPE') return { failure: 'refused', reason: 'the address cannot be used' };
  if (code === 'EMESSAGE')
    return {
      failure: 'refused',
      reason: command === 'API' ? 'the mail is empty' : 'the mail is too big for it',
    };
  const reason = reasonWithoutReply(failed, code, timeoutType);
  return { failure: 'unreachable', reason };
}

function reasonWithoutReply(failed: SmtpError, code: string, timeoutType: string | undefined): string {
  if (code === 'EAUTH') return 'it takes no credentials, or none of this kind';
  if (timeoutType === 'GREETING_TIMEOUT')
    return 'it takes the connection and says nothing, as a port for smtps:// (465) does';
  const reason = explainConnectionFailure(failed);
  if (reason?.startsWith('it does not speak TLS')) return `${reason}, as a port for smtp:// (587)`;
  if (reason !== undefined) return reason;
  return code === 'EPROTOCOL' ? 'it answers otherwise than a mail server' : `it cannot be used (${code})`;
}
