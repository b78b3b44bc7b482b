import type { AccountId, SiteId } from '../kernel/ids.ts';
import type { Page, PageRequest } from '../kernel/pages.ts';
import type { Site, SiteFilter, SiteUser } from './site.ts';

/** Reads never show a deleted site, except `list` when its ids are named and it is told to. */
export interface SiteReader {
  find(id: SiteId): Promise<Site | undefined>;
  /** By the key of `codeKeyOf`. */
  findByCode(codeKey: string): Promise<Site | undefined>;
  /** Newest first. */
  list(filter: SiteFilter & { readonly deleted?: boolean }, page: PageRequest): Promise<Page<Site>>;
  /** Accounts with any role on the site, in the order of their ids; never a deleted account. */
  listUsers(id: SiteId, filter: { readonly search?: string }, page: PageRequest): Promise<Page<SiteUser>>;
}

export interface SiteStore extends SiteReader {
  /** The site, held until the transaction ends: nobody else changes it or who is on it by way of the site. */
  lock(id: SiteId): Promise<Site | undefined>;
  /** False when the id is taken. The code is given by `giveCode`. */
  insert(site: Site): Promise<boolean>;
  /** Writes all that may change, `active` and `deleted` included. False when there is no such site, or it is deleted. */
  update(site: Site): Promise<boolean>;
  /** Lets the site be found by this code, or by none, and no longer by another. False, and nothing changes, when another site has it. */
  giveCode(id: SiteId, codeKey: string | undefined): Promise<boolean>;
  /** Takes all roles on the site from all accounts. From how many. */
  removeUsers(id: SiteId, time: number): Promise<number>;
  /** Whether anybody but this account has a role on the site. */
  hasOthers(id: SiteId, accountId: AccountId): Promise<boolean>;
}
