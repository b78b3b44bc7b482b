import type { MailKind } from '../mails/mail.ts';

/** Mails that tell somebody what happened to the account, by the name under which its subscriptions turn them off. */
export const notices = {
  'password-changed': 'password_changed',
  'password-reset': 'password_reset',
  'email-changed': 'email_changed',
  'new-device': 'new_device',
} as const satisfies Partial<Record<MailKind, string>>;

export type Notice = keyof typeof notices;

/** Whether the subscriptions leave the notice on, as they do unless they say `false`. */
export function wantsNotice(subscriptions: Readonly<Record<string, unknown>>, notice: Notice): boolean {
  return subscriptions[notices[notice]] !== false;
}
