import type { AccountId, SiteId } from '../kernel/ids.ts';
import type { Page, PageRequest } from '../kernel/pages.ts';
import type { Site, SiteFilter, SiteUser } from './site.ts';

/** Reads never show a deleted site, except `list` when asked for deleted ones by id. */
export interface SiteReader {
  find(id: SiteId): Promise<Site | undefined>;
  /** By the key that `codeKeyOf` makes. */
  findByCode(codeKey: string): Promise<Site | undefined>;
  /** Newest first. */
  list(filter: SiteFilter & { readonly deleted?: boolean }, page: PageRequest): Promise<Page<Site>>;
  /** Accounts with any role on the site, in the order of their ids; never a deleted account. */
  listUsers(id: SiteId, filter: { readonly search?: string }, page: PageRequest): Promise<Page<SiteUser>>;
}

export interface SiteStore extends SiteReader {
  /**
   * Locks the site until the transaction ends: no other transaction changes it or, through it, its members.
   */
  lock(id: SiteId): Promise<Site | undefined>;
  /** False when the id is taken. The code is set by `giveCode`. */
  insert(site: Site): Promise<boolean>;
  /**
   * Writes all fields that can change, also `active` and `deleted`. False when there is no such site, or it
   * is deleted.
   */
  update(site: Site): Promise<boolean>;
  /**
   * Sets the code by which the site is found, or removes it. False, with nothing changed, when another site
   * has it.
   */
  giveCode(id: SiteId, codeKey: string | undefined): Promise<boolean>;
  /** Removes all roles on the site; returns from how many accounts. */
  removeUsers(id: SiteId, time: number): Promise<number>;
  /** Whether any other account has a role on the site. */
  hasOthers(id: SiteId, accountId: AccountId): Promise<boolean>;
}
