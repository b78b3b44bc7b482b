import type { TimeRange } from '../../kernel/clock/clock.ts';
import type { AccountId } from '../../kernel/ids.ts';
import type { Code, CodePurpose } from './code.ts';

export interface CodeReader {
  /** The code with this hash. */
  find(accountId: AccountId, purpose: CodePurpose, hash: string): Promise<Code | undefined>;
  /** Whether the hash is that of a code of the account, for whatever purpose. */
  isCode(accountId: AccountId, hash: string): Promise<boolean>;
}

export interface CodeStore extends CodeReader {
  /** Stores the code. With it are kept, of the account's others for the same purpose, those that expire last: `most` in all. */
  put(code: Code, most: number): Promise<void>;
  /** Spends the code by one conditional write. False when it was spent or expired. */
  use(code: Code, holding: TimeRange): Promise<boolean>;
  /** Deletes the account's codes: all, or those for one purpose. */
  remove(accountId: AccountId, purpose?: CodePurpose): Promise<void>;
  /**
   * Deletes at most `limit` codes that expired before the time, or with `ahead` were made after that time and for `life`
   * milliseconds at most; returns how many.
   */
  removeExpired(
    before: number,
    limit: number,
    ahead?: { readonly after: number; readonly life: number },
  ): Promise<number>;
}
