import { findOnlyAccount } from '../../identity/accounts/find-account.ts';
import { revokeRoles } from '../../identity/roles/revoke-roles.ts';
import type { Command } from '../frame/command.ts';
import { answerRoles } from '../frame/show.ts';

export const command: Command = {
  usage: 'LOGIN_OR_ID ROLE...',
  help: `Takes roles from the account, from its next request on. The last admin cannot lose that role. Prints the roles that
remain.`,
  subject: 'account',
  fields: { roles: 'ROLE' },
  words: [2, 100],
  async run(call) {
    const [who, ...named] = call.words;
    const { account, roles } = await call.withContext(async ({ context }) => {
      const account = await findOnlyAccount(context, who!);
      const { roles } = await revokeRoles(context, { accountId: account.id, roles: named });
      return { account, roles };
    });
    answerRoles(call, account, roles);
    return undefined;
  },
};
