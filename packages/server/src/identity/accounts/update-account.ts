import { isDeepStrictEqual } from 'node:util';
import type { Context, Transaction } from '../../kernel/context.ts';
import { emailKeyOf } from '../../kernel/email-address.ts';
import { AppError } from '../../kernel/errors.ts';
import type { AccountId } from '../../kernel/ids.ts';
import { checkJsonSize } from '../../kernel/json-size.ts';
import { checkText } from '../../kernel/text.ts';
import { appendEntries } from '../../log/append-entries.ts';
import { cutOffAccount } from '../../sessions/end-sessions.ts';
import { requireFresh } from '../../sessions/require-fresh.ts';
import type { Session } from '../../sessions/session.ts';
import { checkLoginOwner } from '../email-settings/check-login-owner.ts';
import { keepAnAdmin } from '../roles/keep-an-admin.ts';
import { adminRole } from '../roles/role.ts';
import { type Account, checkLogin, loginKeyOf } from './account.ts';

/** Changes to an account; fields that are absent stay. */
export interface AccountChanges {
  readonly name?: string;
  readonly login?: string;
  /** A BCP 47 tag. */
  readonly language?: string;
  readonly theme?: string;
  /** An IANA name. */
  readonly timeZone?: string;
  /** At most 8 KiB of JSON; so is `customDat`. */
  readonly customHdr?: Record<string, unknown>;
  readonly customDat?: Record<string, unknown>;
  readonly active?: boolean;
}

/**
 * Changes an account. Its sessions show a changed profile at once, and its older tokens become stale.
 * Disabling it closes its sessions. Throws INVALID_DATA, NOT_FOUND, LOGIN_ALREADY_USED, CONFLICT when no
 * admin would remain, and REAUTH_REQUIRED when login or `active` change without a recent proof of presence.
 */
export function updateAccount(
  ctx: Context,
  input: {
    readonly accountId: AccountId;
    readonly changes: AccountChanges;
    /** The caller's; absent on the command line. */
    readonly session?: Session;
    /** Throws when the account is not what the caller takes it for. */
    readonly check?: (present: Account) => void;
  },
): Promise<Account> {
  const { accountId, session } = input;
  const changes = checkChanges(input.changes);
  return ctx.transaction(async (tx) => {
    if (changes.active === false) await keepAnAdmin(tx, accountId);
    const account = await tx.accounts.lock(accountId);
    if (account === undefined) throw new AppError('NOT_FOUND');
    input.check?.(account);
    const changed = { ...account, ...changes };
    const renamed = changed.login !== account.login;
    if (session !== undefined && (renamed || changed.active !== account.active)) {
      await requireFresh(ctx, tx, session);
    }
    const other = checkLogin(changed.login).loginKey !== loginKeyOf(account.login);
    if (other && ctx.policy.hideAccounts && session !== undefined) await checkChooser(tx, session, changed);
    if (renamed) await rename(tx, changed);
    if (!isDeepStrictEqual(changed, account)) await tx.accounts.update(changed);
    if (!isDeepStrictEqual({ ...changed, active: account.active }, account)) {
      const subject = { user: accountId };
      await appendEntries(ctx, tx, [{ subject, action: 'refresh', reason: 'profile-changed' }]);
    }
    if (changes.active === false) await cutOffAccount(ctx, tx, accountId, 'account-disabled');
    return changed;
  });
}

/**
 * Where accounts are hidden, whether a login is free must be told to nobody but admins. So others can only have an address
 * that they have verified: it is theirs. Throws CONFLICT, before anything depends on who has the login.
 */
async function checkChooser(tx: Transaction, session: Session, { id, login }: Account): Promise<void> {
  const { roles } = await tx.roles.find(session.accountId);
  const settings = await tx.emailSettings.find(id);
  const isOwn = settings?.verified && emailKeyOf(settings.email) === checkLogin(login).loginKey;
  if (roles.includes(adminRole) || isOwn) return;
  throw new AppError('CONFLICT', {
    detail:
      'While accounts are hidden, a login can only become an address that the account has verified. An admin can set another.',
  });
}

async function rename(tx: Transaction, account: Account): Promise<void> {
  const { loginKey } = checkLogin(account.login);
  await checkLoginOwner(tx, loginKey, account.id);
  if (!(await tx.accounts.rename(account, loginKey))) throw new AppError('LOGIN_ALREADY_USED');
}

/** Checks the changes; returns them as they are stored. */
function checkChanges(changes: AccountChanges): AccountChanges {
  const { name, login, customHdr, customDat } = changes;
  checkJsonSize('custom_hdr', customHdr);
  checkJsonSize('custom_dat', customDat);
  return {
    ...changes,
    ...(name !== undefined && { name: checkText('name', name, 128) }),
    ...(login !== undefined && { login: checkLogin(login).login }),
  };
}
