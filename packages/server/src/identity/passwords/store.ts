import type { AccountId } from '../../kernel/ids.ts';
import type { Password, StoredPassword } from './password.ts';
import type { TryLimits } from './tries.ts';

export interface PasswordReader {
  find(accountId: AccountId): Promise<StoredPassword | undefined>;
}

export interface PasswordStore extends PasswordReader {
  insert(password: Password): Promise<void>;
  /**
   * Replaces the hash if it still is the one that was read. False when it has changed meanwhile, so that of two
   * changes that were made from the same old password only one is done. What was counted against the old one is
   * forgotten.
   */
  replace(password: Password, oldHash: string): Promise<boolean>;
  /**
   * Counts one wrong try by one conditional write, with the wait or the lock that comes of it. False when the password
   * is locked or waits at the time, or when there is none: nothing is counted then.
   */
  countFailure(accountId: AccountId, time: number, limits: TryLimits): Promise<boolean>;
  /** Counts a wrong try against nobody: a write like that of `countFailure`. */
  countNowhere(): Promise<void>;
  /** Forgets what was counted, and the lock. False when there is no password. */
  forgive(accountId: AccountId): Promise<boolean>;
  /** Forgets the password, where there is one. */
  remove(accountId: AccountId): Promise<void>;
}
