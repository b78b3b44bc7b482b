import type { TimeRange } from '../../kernel/clock/clock.ts';
import type { AccountId } from '../../kernel/ids.ts';
import type { Code, CodePurpose } from './code.ts';

export interface CodeReader {
  find(accountId: AccountId, purpose: CodePurpose): Promise<Code | undefined>;
}

export interface CodeStore extends CodeReader {
  /** Stores the code. It replaces an older one for the same purpose. */
  put(code: Code): Promise<void>;
  /**
   * Spends the code by one conditional write. False when it was replaced, spent or expired, or when too many
   * wrong codes were tried.
   */
  use(code: Code, holding: TimeRange, mostFailures: number): Promise<boolean>;
  /** Counts a wrong code, where the account has one for the purpose. */
  countFailure(accountId: AccountId, purpose: CodePurpose): Promise<void>;
  /** Deletes the account's codes: all, or those for one purpose. */
  remove(accountId: AccountId, purpose?: CodePurpose): Promise<void>;
  /**
   * Deletes codes that expired before the time, and with `ahead` those that were made after that time and for `life`
   * milliseconds at most; returns how many.
   */
  removeExpired(before: number, ahead?: { readonly after: number; readonly life: number }): Promise<number>;
}
