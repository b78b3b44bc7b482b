import { findOnlyAccount } from '../../identity/accounts/find-account.ts';
import { setAccountActive } from '../../identity/accounts/set-account-active.ts';
import type { Command } from '../frame/command.ts';
import { accountSummary, nameOf } from '../frame/show.ts';

export const command: Command = {
  usage: 'LOGIN_OR_ID',
  help: 'Closes all sessions of the account at once and blocks its sign-in. The last admin cannot be disabled.',
  subject: 'account',
  words: [1, 1],
  async run(call) {
    const account = await call.withContext(async ({ context }) => {
      const { id } = await findOnlyAccount(context, call.words[0]!);
      return setAccountActive(context, { accountId: id, active: false });
    });
    call.answer(accountSummary(account), [`Disabled the account ${nameOf(account)}.`]);
    return undefined;
  },
};
