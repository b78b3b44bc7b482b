import type { Account } from '../identity/accounts/account.ts';
import type { EmailSettings } from '../identity/email-settings/email-settings.ts';
import type { Password } from '../identity/passwords/password.ts';
import type { Role } from '../identity/roles/role.ts';
import type { Parameters } from '../identity/settings/settings.ts';
import type { AccountId } from '../kernel/ids.ts';
import type { Entry } from '../log/entry.ts';
import type { ImportProgress } from './import-progress.ts';

/** An account with what belongs to it, as it is imported and exported. */
export interface WholeAccount {
  readonly account: Account;
  readonly loginKey: string;
  readonly password?: Password;
  readonly email?: EmailSettings;
  readonly roles: readonly Role[];
  /** Those of the account's own section. */
  readonly settings?: Parameters;
}

export interface ImportExportReader {
  findImport(id: string): Promise<ImportProgress | undefined>;
  /** Those of the keys that are an account's. */
  takenLogins(loginKeys: readonly string[]): Promise<ReadonlySet<string>>;
  /** Accounts in the order of their ids, after the one given; never a deleted one. */
  listWhole(after: AccountId | undefined, take: number): Promise<WholeAccount[]>;
  /** What the log holds about the account and its sessions, after the position, in order. */
  listEntriesAbout(accountId: AccountId, after: number, take: number): Promise<Entry[]>;
}

export interface ImportExportStore extends ImportExportReader {
  /** Inserts accounts at the time; which ones. One whose login or id is taken, by another one of them too, is left out. */
  insertWhole(accounts: readonly WholeAccount[], time: number): Promise<ReadonlySet<WholeAccount>>;
  /**
   * Writes how far an import has come, unless it has come further than `before` meanwhile: of two processes that go on
   * from the same place only one does. False for the other.
   */
  saveImport(progress: ImportProgress, before: ImportProgress | undefined): Promise<boolean>;
}
