import { findOnlyAccount } from '../../identity/accounts/find-account.ts';
import { findRoles } from '../../identity/roles/find-roles.ts';
import type { Command } from '../frame/command.ts';
import { answerRoles } from '../frame/show.ts';

export const command: Command = {
  usage: 'LOGIN_OR_ID',
  help: "Lists the account's roles, one per line.",
  subject: 'account',
  words: [1, 1],
  async run(call) {
    const { account, roles } = await call.withContext(async ({ context }) => {
      const account = await findOnlyAccount(context, call.words[0]!);
      const { roles } = await findRoles(context, account.id);
      return { account, roles };
    });
    answerRoles(call, account, roles);
    return undefined;
  },
};
