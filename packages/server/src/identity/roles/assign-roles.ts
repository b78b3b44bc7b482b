import type { Context, Transaction } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import { type AccountId, parseSiteId, type SiteId } from '../../kernel/ids.ts';
import type { Account } from '../accounts/account.ts';
import { appendRolesChanged } from './append-roles-changed.ts';
import { keepASiteAdmin } from './keep-a-site-admin.ts';
import { keepAnAdmin } from './keep-an-admin.ts';
import { type AccountRoles, adminRole, fitInToken, type Role, siteOf } from './role.ts';

/** Makes the roles that an account will have from those that it has. */
type Wanted = (present: readonly Role[]) => readonly Role[];

interface RoleAssignment {
  readonly accountId: AccountId;
  readonly wanted: Wanted;
  /** A site that the transaction has locked, when only roles on this site change. */
  readonly lockedSite?: SiteId;
  /** Throws when the roles are not what the caller takes them for. */
  readonly check?: (present: AccountRoles, account: Account) => void;
}

/**
 * The only way in which an account's roles change: they apply from the next request on, and older tokens
 * become stale. A role may name a site that is kept elsewhere. Call it as the transaction's last step. Throws
 * NOT_FOUND when there is no such account or a site was deleted, and CONFLICT when no admin would remain,
 * when a site would have members but no admin, or when the roles do not fit in a token.
 */
export async function assignRoles(
  ctx: Context,
  tx: Transaction,
  { accountId, wanted, lockedSite, check }: RoleAssignment,
): Promise<{ readonly account: Account; readonly before: AccountRoles; readonly now: AccountRoles }> {
  const sites = new Map<string, boolean>();
  if (lockedSite !== undefined) sites.set(lockedSite, true);
  else {
    // Locks are taken in the same order everywhere (sites, admins, the account), so that two changes never
    // wait for each other.
    const expected = diffRoles((await tx.roles.find(accountId)).roles, wanted);
    await lockSites(tx, expected, sites);
    if (expected.gone.includes(adminRole)) await keepAnAdmin(tx, accountId);
  }
  const account = await tx.accounts.lock(accountId);
  if (account === undefined) throw new AppError('NOT_FOUND');
  const before = await tx.roles.find(accountId);
  check?.(before, account);
  const change = diffRoles(before.roles, wanted);
  if (change.gone.includes(adminRole)) await keepAnAdmin(tx, accountId);
  await lockSites(tx, change, sites);
  await checkSiteAdmins(tx, accountId, change, sites);
  if (change.added.length > 0) checkFitInToken(change.all);
  const { gone, added, all } = change;
  if (gone.length + added.length === 0) return { account, before, now: before };
  const time = ctx.clock.now();
  await tx.roles.revoke(accountId, gone, time);
  await tx.roles.grant(accountId, added, time);
  await appendRolesChanged(ctx, tx, accountId);
  return { account, before, now: { accountId, roles: [...all].sort(), updateTime: time } };
}

interface RoleChange {
  readonly all: readonly Role[];
  readonly gone: readonly Role[];
  readonly added: readonly Role[];
}

function diffRoles(present: readonly Role[], wanted: Wanted): RoleChange {
  const all = wanted(present);
  return {
    all,
    gone: present.filter((role) => !all.includes(role)),
    added: all.filter((role) => !present.includes(role)),
  };
}

/** Locks the sites that get members or lose admins, and records which of them exist. */
async function lockSites(tx: Transaction, change: RoleChange, sites: Map<string, boolean>): Promise<void> {
  const named = [...change.added, ...change.gone.filter(isSiteAdmin)].map(siteOf);
  for (const id of [...new Set(named)].sort()) {
    if (id === undefined || sites.has(id)) continue;
    const found = (await tx.sites.lock(siteIdOf(id))) !== undefined;
    sites.set(id, found);
    const added = change.added.some((role) => siteOf(role) === id);
    if (!found && added && (await wasDeleted(tx, siteIdOf(id)))) {
      throw new AppError('NOT_FOUND', { detail: 'The site was deleted.' });
    }
  }
}

async function wasDeleted(tx: Transaction, id: SiteId): Promise<boolean> {
  const { data } = await tx.sites.list({ ids: [id], deleted: true }, { skip: 0, take: 1, total: false });
  return data[0]?.deleted === true;
}

async function checkSiteAdmins(
  tx: Transaction,
  leaving: AccountId,
  { gone, all }: RoleChange,
  sites: ReadonlyMap<string, boolean>,
): Promise<void> {
  for (const role of gone.filter(isSiteAdmin)) {
    const site = siteOf(role)!;
    const stays = all.some((other) => siteOf(other) === site);
    if (sites.get(site)) await keepASiteAdmin(tx, { siteId: siteIdOf(site), leaving, stays });
  }
}

function isSiteAdmin(role: Role): boolean {
  return role.endsWith(`:${adminRole}`);
}

function siteIdOf(site: string): SiteId {
  const id = parseSiteId(site);
  if (id === undefined) throw new TypeError('a role names a site by what is not a site id');
  return id;
}

function checkFitInToken(roles: readonly Role[]): void {
  if (!fitInToken(roles)) {
    throw new AppError('CONFLICT', {
      detail: 'The account has no room for more roles: a token must carry them all.',
    });
  }
}
