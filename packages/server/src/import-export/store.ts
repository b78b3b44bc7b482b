import type { Account } from '../identity/accounts/account.ts';
import type { EmailSettings } from '../identity/email-settings/email-settings.ts';
import type { Password } from '../identity/passwords/password.ts';
import type { Role } from '../identity/roles/role.ts';
import type { Parameters } from '../identity/settings/settings.ts';
import type { TimeRange } from '../kernel/clock/clock.ts';
import type { AccountId } from '../kernel/ids.ts';
import type { Entry } from '../log/entry.ts';
import type { ImportProgress } from './import-progress.ts';

/** An account with all that belongs to it, as it is imported and exported. */
export interface WholeAccount {
  readonly account: Account;
  readonly loginKey: string;
  readonly password?: Password;
  readonly email?: EmailSettings;
  readonly roles: readonly Role[];
  /** The parameters of the account's own section. */
  readonly settings?: Parameters;
}

export interface ImportExportReader {
  findImport(id: string): Promise<ImportProgress | undefined>;
  /** Returns which of the keys an account has. */
  takenLogins(loginKeys: readonly string[]): Promise<ReadonlySet<string>>;
  /** Accounts after the given id, in the order of their ids; never a deleted one. */
  listWhole(after: AccountId | undefined, take: number): Promise<WholeAccount[]>;
  /** The log's entries about the account and its sessions after the position, in order. */
  listEntriesAbout(accountId: AccountId, after: number, take: number): Promise<Entry[]>;
}

export interface ImportExportStore extends ImportExportReader {
  /**
   * Inserts accounts with this time; returns the inserted ones. Leaves out an account whose login or id is
   * taken, also by another of them.
   */
  insertWhole(accounts: readonly WholeAccount[], time: number): Promise<ReadonlySet<WholeAccount>>;
  /**
   * Writes how far an import has come. False when the stored progress is no longer `before`: of two processes
   * that continue from the same place, only one does. Progress that was forgotten meanwhile is written anew.
   */
  saveImport(progress: ImportProgress, before: ImportProgress | undefined): Promise<boolean>;
  /** Forgets at most `limit` imports that have not gone on within the time; returns how many. */
  removeImports(kept: TimeRange, limit: number): Promise<number>;
}
