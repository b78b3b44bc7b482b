import type { AccountId } from '../../kernel/ids.ts';
import type { Code, CodePurpose } from './code.ts';

export interface CodeReader {
  find(accountId: AccountId, purpose: CodePurpose): Promise<Code | undefined>;
}

export interface CodeStore extends CodeReader {
  /** Stores the code in the place of an older one. */
  put(code: Code): Promise<void>;
  /**
   * Uses the code up by one conditional write: false when another one took its place, it has been used, it expired, or
   * too many wrong ones were tried.
   */
  use(code: Code, now: number, mostFailures: number): Promise<boolean>;
  /** Counts a wrong one, where there is a code. */
  countFailure(accountId: AccountId, purpose: CodePurpose): Promise<void>;
  /** Forgets the account's codes: all, or those of one purpose. */
  remove(accountId: AccountId, purpose?: CodePurpose): Promise<void>;
  /** Forgets codes that expired before the time. How many. */
  removeExpired(before: number): Promise<number>;
}
