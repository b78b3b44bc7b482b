import type { AccountId } from '../../kernel/ids.ts';

/** Every mail there is. A kind is the name of its template too. */
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

/** What a mail says, and to whom. Sealed while it is stored. */
export interface MailContent {
  readonly to: string;
  readonly name: string;
  /** A BCP 47 tag. */
  readonly language: string;
  /** What the template shows, by name. */
  readonly values: Readonly<Record<string, string>>;
}

/** Where a mail stands: `parked` will not be tried again, because it was refused or waited too long. */
export const mailStatuses = ['waiting', 'sending', 'sent', 'parked'] as const;

export type MailStatus = (typeof mailStatuses)[number];

/** A mail in the queue. Times are unix milliseconds. */
export interface Mail {
  readonly id: string;
  readonly kind: MailKind;
  /** Whom it is about; absent for strangers. */
  readonly accountId?: AccountId;
  readonly createTime: number;
  /** What it offers ends then: it is not sent any more. */
  readonly expireTime?: number;
  readonly status: MailStatus;
  /** How often it was tried. */
  readonly attempts: number;
  /** When it is tried, or, while it is being sent, when whoever sends it is given up. */
  readonly nextTime: number;
  readonly sentTime?: number;
  /** Why it could not be sent the last time. */
  readonly failure?: string;
  /** A sealed `MailContent`; absent once it is not needed any more. */
  readonly sealed?: string;
}
