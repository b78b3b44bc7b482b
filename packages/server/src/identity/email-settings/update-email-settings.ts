import type { Context } from '../../kernel/context.ts';
import { AppError, invalidField } from '../../kernel/errors.ts';
import type { AccountId } from '../../kernel/ids.ts';
import { checkJsonSize } from '../../kernel/json-size.ts';
import { checkText } from '../../kernel/text.ts';
import { requireFresh } from '../../sessions/require-fresh.ts';
import type { Session } from '../../sessions/session.ts';
import { type EmailSettings, newEmail } from './email-settings.ts';
import { type Notice, notices, wantsNotice } from './notice.ts';
import { queueNotice } from './queue-notice.ts';
import { sendVerification } from './send-verification.ts';

/** What is to become of e-mail settings; what is absent stays. */
export interface EmailChanges {
  readonly name?: string;
  readonly email?: string;
  /** A BCP 47 tag. */
  readonly language?: string;
  /** At most 8 KiB of JSON each. */
  readonly subscriptions?: Record<string, unknown>;
  readonly customHdr?: Record<string, unknown>;
  readonly customDat?: Record<string, unknown>;
}

/**
 * Changes e-mail settings, or makes them where there are none, which takes an address. A new address is not verified:
 * a code goes to its mailbox, and the mailbox before is told. Until it is proven, codes to recover the account go to
 * the last address that was. Throws INVALID_DATA, NOT_FOUND, and REAUTH_REQUIRED when the address changes, or a notice
 * is turned off, and the caller has not proven presence just now.
 */
export function updateEmailSettings(
  ctx: Context,
  input: { readonly accountId: AccountId; readonly changes: EmailChanges; readonly session: Session },
): Promise<EmailSettings> {
  const { accountId, session } = input;
  const changes = checked(input.changes);
  return ctx.transaction(async (tx) => {
    const account = await tx.accounts.lock(accountId);
    if (account === undefined || account.deleted) throw new AppError('NOT_FOUND');
    const old = await tx.emailSettings.find(accountId);
    const email = changes.email ?? old?.email;
    if (email === undefined) throw invalidField('email', 'is required: there is no address yet');
    const moved = email !== old?.email;
    const verified = moved ? email === old?.provenEmail : old.verified;
    const settings = { ...(old ?? emptyOf(account)), ...changes, email, verified };
    if (moved || silences(old?.subscriptions ?? {}, settings.subscriptions)) {
      await requireFresh(ctx, tx, session);
    }
    if (moved && old !== undefined) {
      await queueNotice(ctx, tx, { kind: 'email-changed', account, values: { email } });
    }
    if (old === undefined) await tx.emailSettings.insert(settings);
    else await tx.emailSettings.update(settings);
    if (moved && verified) await tx.codes.remove(accountId, 'verify-email');
    else if (moved) await sendVerification(ctx, tx, account, settings);
    return settings;
  });
}

function emptyOf(account: { readonly id: AccountId; readonly name: string; readonly language: string }) {
  const { id: accountId, name, language } = account;
  return { accountId, name, language, subscriptions: {}, customHdr: {}, customDat: {} };
}

/** Whether a notice is off that was on. */
function silences(old: Record<string, unknown>, changed: Record<string, unknown>): boolean {
  return (Object.keys(notices) as Notice[]).some(
    (notice) => wantsNotice(old, notice) && !wantsNotice(changed, notice),
  );
}

/** The changes in the form that is stored. */
function checked(changes: EmailChanges): EmailChanges {
  const { name, email, subscriptions, customHdr, customDat } = changes;
  checkJsonSize('subscriptions', subscriptions);
  checkJsonSize('custom_hdr', customHdr);
  checkJsonSize('custom_dat', customDat);
  return {
    ...changes,
    ...(name !== undefined && { name: checkText('name', name, 128) }),
    ...(email !== undefined && { email: newEmail(email) }),
  };
}
