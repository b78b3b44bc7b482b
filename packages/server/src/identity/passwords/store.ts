import type { AccountId } from '../../kernel/ids.ts';
import type { Password, StoredPassword } from './password.ts';
import type { TryLimits } from './tries.ts';

export interface PasswordReader {
  find(accountId: AccountId): Promise<StoredPassword | undefined>;
}

export interface PasswordStore extends PasswordReader {
  insert(password: Password): Promise<void>;
  /**
   * Replaces the hash and resets the wrong tries. False when `oldHash` is no longer the stored one: of two
   * changes made from the same old password, only one succeeds.
   */
  replace(password: Password, oldHash: string): Promise<boolean>;
  /**
   * Counts one wrong try by one conditional write, and sets the wait or lock that follows from it. False,
   * with nothing counted, when the password is locked or waits now, or when there is none. A wait until `over` does not
   * count: it was found to be over.
   */
  countFailure(
    accountId: AccountId,
    time: { readonly now: number; readonly over?: number },
    limits: TryLimits,
  ): Promise<boolean>;
  /** Takes the same write as `countFailure`, for no account. */
  countNowhere(): Promise<void>;
  /** Resets the wrong tries and the lock. False when there is no password. */
  forgive(accountId: AccountId): Promise<boolean>;
  /** Deletes the password, if there is one. */
  remove(accountId: AccountId): Promise<void>;
}
