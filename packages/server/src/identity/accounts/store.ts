import type { AccountId } from '../../kernel/ids.ts';
import type { Page, PageRequest } from '../../kernel/pages.ts';
import type { Account, AccountFilter } from './account.ts';

/** Reads never show a deleted account, except `list` when the filter has its id. */
export interface AccountReader {
  find(id: AccountId): Promise<Account | undefined>;
  /** By the key that `loginKeyOf` makes. */
  findByLogin(loginKey: string): Promise<Account | undefined>;
  /**
   * As `findByLogin`; where no account has the login, the one that alone has verified it as its present address. Either
   * way it is one statement, so that its time does not tell which.
   */
  findByLoginOrAddress(loginKey: string): Promise<Account | undefined>;
  /** Newest first. */
  list(filter: AccountFilter, page: PageRequest): Promise<Page<Account>>;
}

export interface AccountStore extends AccountReader {
  /**
   * Locks the account until the transaction ends: no other transaction changes it or opens a session of it.
   */
  lock(id: AccountId): Promise<Account | undefined>;
  /** False when the login or the id is taken. */
  insert(account: Account, loginKey: string): Promise<boolean>;
  /**
   * Writes name, language, theme, time zone, custom fields and `active`. False when there is no such account.
   */
  update(account: Account): Promise<boolean>;
  /**
   * Writes the login. False when there is no such account, or another account has the login; the transaction
   * cannot be used after that.
   */
  rename(account: Account, loginKey: string): Promise<boolean>;
  /**
   * Overwrites all fields and marks the account as deleted, for good. False when there is no such account.
   */
  erase(account: Account, loginKey: string): Promise<boolean>;
}
