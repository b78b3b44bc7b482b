import type { AccountId } from '../kernel/ids.ts';
import type { Password } from './password.ts';

export interface PasswordReader {
  find(accountId: AccountId): Promise<Password | undefined>;
}

export interface PasswordStore extends PasswordReader {
  insert(password: Password): Promise<void>;
  /**
   * Replaces the hash if it still is the one that was read. False when it has changed meanwhile, so that of two
   * changes that were made from the same old password only one is done.
   */
  replace(password: Password, oldHash: string): Promise<boolean>;
}
