import type { Transaction } from '../../../kernel/context.ts';
import { sqlAccounts } from './accounts.ts';
import { sqlClock } from './clock.ts';
import { sqlCodes } from './codes.ts';
import type { Database } from './database.ts';
import { sqlEmailSettings } from './email-settings.ts';
import { sqlFollowers } from './followers.ts';
import { sqlImportExport } from './import-export.ts';
import { sqlInvitations } from './invitations.ts';
import { sqlLog } from './log.ts';
import { sqlMailboxes } from './mailboxes.ts';
import { sqlMails } from './mails.ts';
import { sqlPasswords } from './passwords.ts';
import { sqlRelays } from './relays.ts';
import { sqlRoles } from './roles.ts';
import { sqlSecrets } from './secrets.ts';
import { sqlServices } from './services.ts';
import { sqlSessions } from './sessions.ts';
import { sqlSettings } from './settings.ts';
import { sqlSites } from './sites.ts';

/** Every store on one database or transaction. `onAppend` is called as `sqlLog` says. */
export function sqlStores(
  database: Database,
  onAppend?: (head: number, asked?: number) => void,
): Transaction {
  return {
    accounts: sqlAccounts(database),
    passwords: sqlPasswords(database),
    roles: sqlRoles(database),
    emailSettings: sqlEmailSettings(database),
    sessions: sqlSessions(database),
    log: sqlLog(database, onAppend),
    relays: sqlRelays(database),
    services: sqlServices(database),
    followers: sqlFollowers(database),
    secrets: sqlSecrets(database),
    sites: sqlSites(database),
    settings: sqlSettings(database),
    codes: sqlCodes(database),
    mails: sqlMails(database),
    mailboxes: sqlMailboxes(database),
    invitations: sqlInvitations(database),
    importExport: sqlImportExport(database),
    clock: sqlClock(database),
  };
}
