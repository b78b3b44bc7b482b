import { findAccount } from '../../identity/accounts/find-account.ts';
import { findRoles } from '../../identity/roles/find-roles.ts';
import type { Command } from '../frame/command.ts';

export const command: Command = {
  usage: 'LOGIN_OR_ID',
  help: "Lists the account's roles, one per line.",
  subject: 'account',
  words: [1, 1],
  async run(call) {
    const { accountId, roles } = await call.withContext(async ({ context }) => {
      const { id } = await findAccount(context, call.words[0]!);
      return findRoles(context, id);
    });
    call.answer({ id: accountId, roles }, roles);
    return undefined;
  },
};
