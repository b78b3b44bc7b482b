import type { AccountId } from '../../kernel/ids.ts';
import type { EmailSettings } from './email-settings.ts';

export interface EmailSettingsReader {
  find(accountId: AccountId): Promise<EmailSettings | undefined>;
  /** The accounts whose present address it is, verified or not, by the address's key. */
  listByEmail(emailKey: string): Promise<EmailSettings[]>;
}

export interface EmailSettingsStore extends EmailSettingsReader {
  insert(settings: EmailSettings): Promise<void>;
  /** Replaces them. False when there are none. */
  update(settings: EmailSettings): Promise<boolean>;
  /** Notes that the mailbox has proven itself. False when it is not the account's address any more. */
  prove(accountId: AccountId, email: string): Promise<boolean>;
  /** Forgets them, where there are any. */
  remove(accountId: AccountId): Promise<void>;
}
