import { setPassword } from '../../authentication/set-password.ts';
import { findOnlyAccount } from '../../identity/accounts/find-account.ts';
import { type Command, UsageError } from '../frame/command.ts';
import { readPassword } from '../frame/read-password.ts';
import { accountSummary, count, nameOf } from '../frame/show.ts';

export const command: Command = {
  usage: 'LOGIN_OR_ID --password-stdin',
  help: `Sets a new password, closes all sessions of the account, and unlocks it after wrong passwords. Codes that were mailed
to set a password become void, and the owner is told by mail. The password comes from standard input; at a terminal,
it is asked for. It cannot be an argument, and the rules for new passwords hold.

  printf %s "$PASSWORD" | latchkey accounts set-password ada --password-stdin`,
  subject: 'account',
  fields: { password: 'the password' },
  options: { 'password-stdin': { type: 'boolean' } },
  words: [1, 1],
  async run(call) {
    if (!call.flag('password-stdin'))
      throw new UsageError('--password-stdin is missing: the password comes from standard input.');
    call.config();
    const password = await readPassword(call.stdio);
    const { account, closed } = await call.withContext(async ({ context }) => {
      const account = await findOnlyAccount(context, call.words[0]!);
      return { account, closed: await setPassword(context, { accountId: account.id, password }) };
    });
    call.answer({ ...accountSummary(account), closed }, [
      `Set the password of the account ${nameOf(account)}, and closed ${count(closed, 'session')}.`,
    ]);
    return undefined;
  },
};
