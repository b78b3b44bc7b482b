import type { AccountId } from '../kernel/ids.ts';
import type { EmailSettings } from './email-settings.ts';

export interface EmailSettingsReader {
  find(accountId: AccountId): Promise<EmailSettings | undefined>;
}

export interface EmailSettingsStore extends EmailSettingsReader {
  insert(settings: EmailSettings): Promise<void>;
  /** Forgets them, where there are any. */
  remove(accountId: AccountId): Promise<void>;
}
