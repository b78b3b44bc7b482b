import type { Transaction } from '../../kernel/context.ts';
import { sqlAccounts } from './accounts.ts';
import { sqlCodes } from './codes.ts';
import type { Database } from './database.ts';
import { sqlEmailSettings } from './email-settings.ts';
import { sqlInvitations } from './invitations.ts';
import { sqlMails } from './mails.ts';
import { sqlPasswords } from './passwords.ts';
import { sqlRevocations } from './revocations.ts';
import { sqlRoles } from './roles.ts';
import { sqlSecrets } from './secrets.ts';
import { sqlServices } from './services.ts';
import { sqlSessions } from './sessions.ts';
import { sqlSettings } from './settings.ts';
import { sqlSites } from './sites.ts';
import { sqlTransfers } from './transfers.ts';
import { sqlVerifiers } from './verifiers.ts';

/** Every noun's store upon one database or transaction. Tells `appended` each new head of the log, and what verifiers are asked for. */
export function sqlStores(
  database: Database,
  appended?: (head: number, asked?: number) => void,
): Transaction {
  return {
    accounts: sqlAccounts(database),
    passwords: sqlPasswords(database),
    roles: sqlRoles(database),
    emailSettings: sqlEmailSettings(database),
    sessions: sqlSessions(database),
    revocations: sqlRevocations(database, appended),
    services: sqlServices(database),
    verifiers: sqlVerifiers(database),
    secrets: sqlSecrets(database),
    sites: sqlSites(database),
    settings: sqlSettings(database),
    codes: sqlCodes(database),
    mails: sqlMails(database),
    invitations: sqlInvitations(database),
    transfers: sqlTransfers(database),
  };
}
