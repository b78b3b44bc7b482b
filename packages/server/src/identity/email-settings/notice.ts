import type { MailKind } from '../mails/mail.ts';

/** Mails about changes to an account. The value is the name by which `subscriptions` turns the mail off. */
export const notices = {
  'password-changed': 'password_changed',
  'password-reset': 'password_reset',
  'email-changed': 'email_changed',
  'new-device': 'new_device',
} as const satisfies Partial<Record<MailKind, string>>;

export type Notice = keyof typeof notices;

/** Whether the notice is on. It is unless the subscriptions say `false`. */
export function wantsNotice(subscriptions: Readonly<Record<string, unknown>>, notice: Notice): boolean {
  return subscriptions[notices[notice]] !== false;
}
