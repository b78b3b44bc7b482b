import { findAccount } from '../../identity/accounts/find-account.ts';
import { grantRoles } from '../../identity/roles/grant-roles.ts';
import type { Command } from '../frame/command.ts';

export const command: Command = {
  usage: 'LOGIN_OR_ID ROLE...',
  help: `Gives the account roles, such as admin, or 4503599627370495:manager on a site. They apply from its next request on.
Prints all of its roles.`,
  subject: 'account',
  fields: { roles: 'ROLE' },
  words: [2, 100],
  async run(call) {
    const [who, ...named] = call.words;
    const { accountId, roles } = await call.withContext(async ({ context }) => {
      const { id } = await findAccount(context, who!);
      return grantRoles(context, { accountId: id, roles: named });
    });
    call.answer({ id: accountId, roles }, roles);
    return undefined;
  },
};
