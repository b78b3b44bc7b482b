import { findAccount } from '../../identity/accounts/find-account.ts';
import { setAccountActive } from '../../identity/accounts/set-account-active.ts';
import type { Command } from '../frame/command.ts';
import { accountJson } from '../frame/show.ts';

export const command: Command = {
  usage: 'LOGIN_OR_ID',
  help: 'Closes all sessions of the account at once, everywhere, and lets it sign in no more. The last admin stays.',
  words: [1, 1],
  async run(call) {
    const account = await call.withContext(async ({ context }) => {
      const { id } = await findAccount(context, call.words[0]!);
      return setAccountActive(context, { accountId: id, active: false });
    });
    call.answer(accountJson(account), [`Disabled the account ${account.id}.`]);
    return undefined;
  },
};
