import { sendVerification } from '../identity/email-settings/send-verification.ts';
import { queueMail, queueNoMail } from '../identity/mails/queue-mail.ts';
import type { Context, Transaction } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { emailKeyOf } from '../kernel/text.ts';
import { openSession } from '../sessions/open-session.ts';
import type { Device, Session } from '../sessions/session.ts';
import { findByCode } from '../sites/invitations/activate-by-code.ts';
import { takeUpInvitation } from '../sites/invitations/take-up-invitation.ts';
import {
  insertAccount,
  type NewAccountInput,
  type PreparedAccount,
  prepareAccount,
} from './create-account.ts';

export interface SignUpInput extends Omit<NewAccountInput, 'roles' | 'password'> {
  readonly password: string;
  readonly invitationCode?: string;
  readonly device: Device;
}

/**
 * Makes an account with password and e-mail settings and opens its first session, in one transaction; a code to verify
 * the address is mailed. With the code of an invitation that is taken up in the same one; without an address of its own
 * the account gets the invitee's, and that is proven by the code. Where accounts are hidden no session is opened, so
 * that the answer is the same for a login that is taken: its owner is told by mail. Throws LOGIN_ALREADY_USED,
 * INVALID_DATA, what `findByCode`, `takeUpInvitation` and `checkNewPassword` throw, and UNAVAILABLE.
 */
export async function signUp(ctx: Context, input: SignUpInput): Promise<Session | undefined> {
  const { invitationCode, device, ...newAccount } = input;
  const invited = invitationCode === undefined ? undefined : await findByCode(ctx, ctx.read, invitationCode);
  const address = newAccount.email ?? invited?.invitation.inviteeEmail;
  const prepared = await prepareAccount(ctx, {
    ...newAccount,
    ...(address !== undefined && { email: address }),
  });
  const { account, email } = prepared;
  const { id: accountId } = account;
  return ctx.transaction(async (tx) => {
    if (!(await inserted(ctx, tx, prepared))) {
      await tellOwner(ctx, tx, prepared);
      return undefined;
    }
    const proven = isInvitees(email?.email, invited?.invitation.inviteeEmail);
    if (email !== undefined && !proven) await sendVerification(ctx, tx, account, email);
    const session = ctx.policy.hideAccounts
      ? undefined
      : await openSession(ctx, tx, { accountId, device, amr: ['pwd'] });
    if (invited !== undefined) await takeUpInvitation(ctx, tx, { ...invited, accountId });
    return session;
  });
}

function isInvitees(email: string | undefined, inviteeEmail: string | undefined): boolean {
  if (email === undefined || inviteeEmail === undefined) return false;
  return emailKeyOf(email) === emailKeyOf(inviteeEmail);
}

/** False for a login that is taken, where nobody is to learn that. */
async function inserted(ctx: Context, tx: Transaction, prepared: PreparedAccount): Promise<boolean> {
  try {
    await insertAccount(tx, prepared);
    return true;
  } catch (error) {
    const taken = error instanceof AppError && error.code === 'LOGIN_ALREADY_USED';
    if (!taken || !ctx.policy.hideAccounts) throw error;
    return false;
  }
}

/** The owner of the login learns by mail that somebody tried to sign up with it. */
async function tellOwner(ctx: Context, tx: Transaction, { loginKey }: PreparedAccount): Promise<void> {
  const owner = await tx.accounts.findByLogin(loginKey);
  const settings = owner && (await tx.emailSettings.find(owner.id));
  const login = owner?.login ?? '';
  const queue = owner && settings ? queueMail : queueNoMail;
  await queue(ctx, tx, {
    kind: 'sign-up-taken',
    ...(owner && { accountId: owner.id }),
    to: settings?.email ?? '',
    name: owner?.name ?? '',
    language: settings?.language ?? 'en',
    values: { login, link: ctx.mail.link('recover', { login }) },
  });
}
