import type { Context, Transaction } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import { type AccountId, parseSiteId, type SiteId } from '../../kernel/ids.ts';
import type { Account } from '../accounts/account.ts';
import { appendRolesChanged } from './append-roles-changed.ts';
import { keepASiteAdmin } from './keep-a-site-admin.ts';
import { keepAnAdmin } from './keep-an-admin.ts';
import { type AccountRoles, adminRole, fitToken, type Role, siteOf } from './role.ts';

/** The roles that an account is to have, made of those that it has. */
type Wanted = (present: readonly Role[]) => readonly Role[];

interface RoleAssignment {
  readonly accountId: AccountId;
  readonly wanted: Wanted;
  /** A site that the transaction holds, where no other roles change than those on it. */
  readonly held?: SiteId;
}

/**
 * The one way in which the roles of an account change: it has the wanted ones from the next request on, and its older
 * tokens become stale. A role may be on a site that is kept elsewhere. Call it as the transaction's last step. Throws
 * NOT_FOUND when there is no such account, or a site was deleted, CONFLICT when no admin would remain, when members of a site would remain
 * without one, or when the roles would be too many for a token.
 */
export async function assignRoles(
  ctx: Context,
  tx: Transaction,
  { accountId, wanted, held }: RoleAssignment,
): Promise<{ readonly account: Account; readonly before: AccountRoles; readonly now: AccountRoles }> {
  const sites = new Map<string, boolean>();
  if (held !== undefined) sites.set(held, true);
  else {
    // Sites, then admins, then the account, as everywhere: so that two changes never wait for each other.
    const expected = changeOf((await tx.roles.find(accountId)).roles, wanted);
    await lockSites(tx, expected, sites);
    if (expected.gone.includes(adminRole)) await keepAnAdmin(tx, accountId);
  }
  const account = await tx.accounts.lock(accountId);
  if (account === undefined) throw new AppError('NOT_FOUND');
  const before = await tx.roles.find(accountId);
  const change = changeOf(before.roles, wanted);
  if (change.gone.includes(adminRole)) await keepAnAdmin(tx, accountId);
  await lockSites(tx, change, sites);
  await keepSiteAdmins(tx, accountId, change, sites);
  if (change.added.length > 0) checkRoom(change.all);
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

function changeOf(present: readonly Role[], wanted: Wanted): RoleChange {
  const all = wanted(present);
  return {
    all,
    gone: present.filter((role) => !all.includes(role)),
    added: all.filter((role) => !present.includes(role)),
  };
}

/** Holds the sites whose members change in a way that matters to the site, and notes whether there are such sites. */
async function lockSites(tx: Transaction, change: RoleChange, sites: Map<string, boolean>): Promise<void> {
  const named = [...change.added, ...change.gone.filter(isSiteAdmin)].map(siteOf);
  for (const id of [...new Set(named)].sort()) {
    if (id === undefined || sites.has(id)) continue;
    const found = (await tx.sites.lock(idOf(id))) !== undefined;
    sites.set(id, found);
    const added = change.added.some((role) => siteOf(role) === id);
    if (!found && added && (await wasDeleted(tx, idOf(id)))) {
      throw new AppError('NOT_FOUND', { detail: 'The site was deleted.' });
    }
  }
}

async function wasDeleted(tx: Transaction, id: SiteId): Promise<boolean> {
  const { data } = await tx.sites.list({ ids: [id], deleted: true }, { skip: 0, take: 1, total: false });
  return data[0]?.deleted === true;
}

async function keepSiteAdmins(
  tx: Transaction,
  leaving: AccountId,
  { gone, all }: RoleChange,
  sites: ReadonlyMap<string, boolean>,
): Promise<void> {
  for (const role of gone.filter(isSiteAdmin)) {
    const site = siteOf(role)!;
    const stays = all.some((other) => siteOf(other) === site);
    if (sites.get(site)) await keepASiteAdmin(tx, { siteId: idOf(site), leaving, stays });
  }
}

function isSiteAdmin(role: Role): boolean {
  return role.endsWith(`:${adminRole}`);
}

function idOf(site: string): SiteId {
  const id = parseSiteId(site);
  if (id === undefined) throw new TypeError('a role is on a site that cannot be one');
  return id;
}

function checkRoom(roles: readonly Role[]): void {
  if (!fitToken(roles)) {
    throw new AppError('CONFLICT', { detail: 'The account has as many roles as a token can carry.' });
  }
}
