import type { AccountId } from '../../kernel/ids.ts';
import type { Page, PageRequest } from '../../kernel/pages.ts';
import type { Account, AccountFilter } from './account.ts';

/** Reads never show a deleted account, except `list` when its ids are named. */
export interface AccountReader {
  find(id: AccountId): Promise<Account | undefined>;
  /** By the key of `loginKeyOf`. */
  findByLogin(loginKey: string): Promise<Account | undefined>;
  /** Newest first. */
  list(filter: AccountFilter, page: PageRequest): Promise<Page<Account>>;
}

export interface AccountStore extends AccountReader {
  /** The account, held until the transaction ends: nobody else changes it, or opens a session of it, meanwhile. */
  lock(id: AccountId): Promise<Account | undefined>;
  /** False when the login is taken, or the id is. */
  insert(account: Account, loginKey: string): Promise<boolean>;
  /** Writes name, language, theme, time zone, custom fields and `active`. False when there is no such account. */
  update(account: Account): Promise<boolean>;
  /**
   * Writes the login. False when there is no such account, or another one has the login; the transaction is of no use
   * any more then.
   */
  rename(account: Account, loginKey: string): Promise<boolean>;
  /** Writes everything and marks the account as deleted, for good. False when there is no such account. */
  erase(account: Account, loginKey: string): Promise<boolean>;
}
