import { findOnlyAccount } from '../../identity/accounts/find-account.ts';
import { grantRoles } from '../../identity/roles/grant-roles.ts';
import type { Command } from '../frame/command.ts';
import { answerRoles } from '../frame/show.ts';

export const command: Command = {
  usage: 'LOGIN_OR_ID ROLE...',
  help: `Gives the account roles, such as admin, or 4503599627370495:manager on a site. They apply from its next request on.
Prints all of its roles.`,
  subject: 'account',
  fields: { roles: 'ROLE' },
  words: [2, 100],
  async run(call) {
    const [who, ...named] = call.words;
    const { account, roles } = await call.withContext(async ({ context }) => {
      const account = await findOnlyAccount(context, who!);
      const { roles } = await grantRoles(context, { accountId: account.id, roles: named });
      return { account, roles };
    });
    answerRoles(call, account, roles);
    return undefined;
  },
};
