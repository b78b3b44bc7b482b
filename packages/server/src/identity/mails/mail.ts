import type { AccountId } from '../../kernel/ids.ts';

/** All kinds of mail. A kind is also the name of its template. */
export const mailKinds = [
  'verify-email',
  'recover-password',
  'set-password',
  'temp-password',
  'sign-up-taken',
  'invitation',
  'join-request',
  'join-approved',
  'join-denied',
  'added-to-site',
  'password-changed',
  'password-reset',
  'email-changed',
  'new-device',
] as const;

export type MailKind = (typeof mailKinds)[number];

/** What a mail says, and to whom. Encrypted while it is stored. */
export interface MailContent {
  readonly to: string;
  readonly name: string;
  /** A BCP 47 tag. */
  readonly language: string;
  /** The values of the template, by name. */
  readonly values: Readonly<Record<string, string>>;
}

/** The state of a mail. A `parked` one is not retried: it was refused or waited too long. */
export const mailStatuses = ['waiting', 'sending', 'sent', 'parked'] as const;

export type MailStatus = (typeof mailStatuses)[number];

/** A mail in the queue. Times are unix milliseconds. */
export interface Mail {
  readonly id: string;
  readonly kind: MailKind;
  /** The account that it is about; absent for strangers. */
  readonly accountId?: AccountId;
  readonly createTime: number;
  /** When the offer in it ends; it is not sent after that. */
  readonly expireTime?: number;
  readonly status: MailStatus;
  /** Attempts so far. */
  readonly attempts: number;
  /** When the next attempt is due; while one is running, when another process may take over. */
  readonly nextTime: number;
  readonly sentTime?: number;
  /** Why the last attempt failed. */
  readonly failure?: string;
  /** The encrypted `MailContent`; absent once it is no longer needed. */
  readonly sealed?: string;
}
