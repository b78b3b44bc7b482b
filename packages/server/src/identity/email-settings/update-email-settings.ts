import type { Context } from '../../kernel/context.ts';
import { checkEmail, emailKeyOf } from '../../kernel/email-address.ts';
import { AppError, invalidField } from '../../kernel/errors.ts';
import type { AccountId } from '../../kernel/ids.ts';
import { checkJsonSize } from '../../kernel/json-size.ts';
import { checkText } from '../../kernel/text.ts';
import { requireFresh } from '../../sessions/require-fresh.ts';
import type { Session } from '../../sessions/session.ts';
import { countMove } from '../mails/take-room.ts';
import { type EmailSettings, newEmailSettings } from './email-settings.ts';
import { type Notice, notices, wantsNotice } from './notice.ts';
import { queueNotice } from './queue-notice.ts';
import { sendVerification } from './send-verification.ts';

/** Changes to e-mail settings; fields that are absent stay. */
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
 * Changes e-mail settings, or creates them, which needs an address. A new address is not verified: a code is
 * mailed to it, and the old address is notified. Until it is verified, recovery codes go to the last verified
 * address. The same address in other letters is no new one. Throws INVALID_DATA, NOT_FOUND, TOO_MANY_REQUESTS after too
 * many new addresses, and REAUTH_REQUIRED when the address changes, or a notice is turned off, without a recent proof of
 * presence.
 */
export function updateEmailSettings(
  ctx: Context,
  input: {
    readonly accountId: AccountId;
    readonly changes: EmailChanges;
    readonly session: Session;
    /** Throws when the settings are not what the caller takes them for. */
    readonly check?: (present: EmailSettings) => void;
  },
): Promise<EmailSettings> {
  const { accountId, session } = input;
  const changes = checkChanges(input.changes);
  return ctx.transaction(async (tx) => {
    const account = await tx.accounts.lock(accountId);
    if (account === undefined || account.deleted) throw new AppError('NOT_FOUND');
    const old = await tx.emailSettings.find(accountId);
    const email = changes.email ?? old?.email;
    if (email === undefined) throw invalidField('email', 'is required: there is no address yet');
    input.check?.(old ?? newEmailSettings(account, email));
    const moved = !isSameAddress(email, old?.email);
    const verified = moved ? isSameAddress(email, old?.provenEmail) : old!.verified;
    const settings = { ...(old ?? newEmailSettings(account, email)), ...changes, email, verified };
    if (email !== old?.email || turnsNoticeOff(old?.subscriptions ?? {}, settings.subscriptions)) {
      await requireFresh(ctx, tx, session);
    }
    if (moved && !verified) await countMove(ctx, tx, accountId);
    if (moved && old !== undefined) {
      await queueNotice(ctx, tx, { kind: 'email-changed', account, values: { email } });
    }
    if (old === undefined) await tx.emailSettings.insert(settings);
    else await tx.emailSettings.update(settings);
    // Codes of another address prove nothing about this one.
    if (moved) await tx.codes.remove(accountId, 'verify-email');
    if (moved && !verified) await sendVerification(ctx, tx, { account, settings });
    return settings;
  });
}

function isSameAddress(email: string, other: string | undefined): boolean {
  return other !== undefined && emailKeyOf(email) === emailKeyOf(other);
}

/** Whether the change turns off a notice that was on. */
function turnsNoticeOff(old: Record<string, unknown>, changed: Record<string, unknown>): boolean {
  return (Object.keys(notices) as Notice[]).some(
    (notice) => wantsNotice(old, notice) && !wantsNotice(changed, notice),
  );
}

/** Checks the changes; returns them as they are stored. */
function checkChanges(changes: EmailChanges): EmailChanges {
  const { name, email, subscriptions, customHdr, customDat } = changes;
  checkJsonSize('subscriptions', subscriptions);
  checkJsonSize('custom_hdr', customHdr);
  checkJsonSize('custom_dat', customDat);
  return {
    ...changes,
    ...(name !== undefined && { name: checkText('name', name, 128) }),
    ...(email !== undefined && { email: checkEmail(email) }),
  };
}
