import type { AccountId } from '../../kernel/ids.ts';
import type { EmailSettings } from './email-settings.ts';

export interface EmailSettingsReader {
  find(accountId: AccountId): Promise<EmailSettings | undefined>;
  /** The settings of all accounts with this present address, verified or not, by the address's key. */
  listByEmail(emailKey: string): Promise<EmailSettings[]>;
  /** Whether some account has verified this address, by the address's key, and has it still. */
  isProven(emailKey: string): Promise<boolean>;
}

export interface EmailSettingsStore extends EmailSettingsReader {
  insert(settings: EmailSettings): Promise<void>;
  /** Replaces the settings. False when there are none. */
  update(settings: EmailSettings): Promise<boolean>;
  /** Marks the address as verified. False when the account has another address by now. */
  prove(accountId: AccountId, email: string): Promise<boolean>;
  /** Deletes the settings, if there are any. */
  remove(accountId: AccountId): Promise<void>;
}
