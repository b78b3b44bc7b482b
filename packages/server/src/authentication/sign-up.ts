import { addressOf } from '../identity/email-settings/email-settings.ts';
import { sendVerification } from '../identity/email-settings/send-verification.ts';
import { queueMail, queueNoMail } from '../identity/mails/queue-mail.ts';
import { mailedCodeError } from '../identity/passwords/check-password-for.ts';
import type { Context, Transaction } from '../kernel/context.ts';
import { emailKeyOf } from '../kernel/email-address.ts';
import { AppError } from '../kernel/errors.ts';
import { given } from '../kernel/given.ts';
import { openSession } from '../sessions/open-session.ts';
import type { Device, Session } from '../sessions/session.ts';
import { acceptInvitation, checkAcceptable } from '../sites/invitations/accept-invitation.ts';
import { findInvitationByCode } from '../sites/invitations/activate-invitation.ts';
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
 * Creates an account with a password and e-mail settings and opens its first session, in one transaction; a
 * code to verify the address is mailed. An invitation's code also accepts the invitation; without an address
 * of its own the account gets the invitee's, which the code proves. Where accounts are hidden no session
 * opens, so that the answer is the same for a login that is taken; its owner is told by mail. Throws
 * LOGIN_ALREADY_USED, INVALID_DATA, what `findInvitationByCode`, `acceptInvitation` and `checkNewPassword`
 * throw, and UNAVAILABLE.
 */
export async function signUp(ctx: Context, input: SignUpInput): Promise<Session | undefined> {
  const { invitationCode, device, ...newAccount } = input;
  const invited =
    invitationCode === undefined ? undefined : await findInvitationByCode(ctx, ctx.read, invitationCode);
  if (invited?.codeHash === ctx.codes.hash(input.password)) throw mailedCodeError();
  const address = newAccount.email ?? invited?.invitation.inviteeEmail;
  const prepared = await prepareAccount(ctx, { ...newAccount, ...given({ email: address }) });
  const { account, email } = prepared;
  const { id: accountId } = account;
  return ctx.transaction(async (tx) => {
    // First, so that an invitation which nobody can accept any more does not tell whether the login is taken.
    if (invited !== undefined) await checkAcceptable(ctx, tx, invited);
    if (!(await tryInsertAccount(ctx, tx, prepared))) {
      await tellOwner(ctx, tx, prepared);
      return undefined;
    }
    const proven = isInviteeAddress(email?.email, invited?.invitation.inviteeEmail);
    if (email !== undefined && !proven) await sendVerification(ctx, tx, { account, settings: email });
    const session = ctx.policy.hideAccounts
      ? undefined
      : await openSession(ctx, tx, { accountId, device, amr: ['pwd'] });
    if (invited !== undefined) await acceptInvitation(ctx, tx, { ...invited, accountId });
    return session;
  });
}

function isInviteeAddress(email: string | undefined, inviteeEmail: string | undefined): boolean {
  if (email === undefined || inviteeEmail === undefined) return false;
  return emailKeyOf(email) === emailKeyOf(inviteeEmail);
}

/** Inserts the account. Returns false, where accounts are hidden, when the login is taken. */
async function tryInsertAccount(ctx: Context, tx: Transaction, prepared: PreparedAccount): Promise<boolean> {
  try {
    await insertAccount(tx, prepared);
    return true;
  } catch (error) {
    const taken = error instanceof AppError && error.code === 'LOGIN_ALREADY_USED';
    if (!taken || !ctx.policy.hideAccounts) throw error;
    return false;
  }
}

/** Tells the login's owner by mail that somebody tried to sign up with it. */
async function tellOwner(ctx: Context, tx: Transaction, { loginKey }: PreparedAccount): Promise<void> {
  const owner = await tx.accounts.findByLoginOrAddress(loginKey);
  const settings = owner && (await tx.emailSettings.find(owner.id));
  const login = owner?.login ?? '';
  const queue = owner && settings ? queueMail : queueNoMail;
  await queue(ctx, tx, {
    kind: 'sign-up-taken',
    ...given({ accountId: owner?.id }),
    ...(settings ? addressOf(settings) : { to: '', proven: false }),
    name: owner?.name ?? '',
    language: settings?.language ?? 'en',
    values: { login, link: ctx.links.toPage('recover', { login }) },
  });
}
