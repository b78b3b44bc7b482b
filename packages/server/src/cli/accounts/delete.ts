import { deleteAccount } from '../../authentication/delete-account.ts';
import { findOnlyAccount } from '../../identity/accounts/find-account.ts';
import type { Command } from '../frame/command.ts';
import { canAsk, confirm, yesOption } from '../frame/confirm.ts';
import { accountSummary, count, nameOf } from '../frame/show.ts';

export const command: Command = {
  usage: 'LOGIN_OR_ID [--yes]',
  help: `Deletes the account for good: closes its sessions and removes all that is held about the person. The login becomes
free, and the id is never used again. The last admin cannot be deleted. At a terminal it asks first, unless --yes is
given.`,
  subject: 'account',
  options: yesOption,
  words: [1, 1],
  async run(call) {
    const { account, closed } = await call.withContext(async ({ context }) => {
      const account = await findOnlyAccount(context, call.words[0]!);
      // The account is named, so a script has said enough.
      if (canAsk(call)) await confirm(call, `delete the account ${nameOf(account)}, for good`);
      return { account, closed: await deleteAccount(context, { accountId: account.id }) };
    });
    call.answer({ ...accountSummary(account), active: false, deleted: true, closed }, [
      `Deleted the account ${nameOf(account)}, and closed ${count(closed, 'session')}.`,
    ]);
    return undefined;
  },
};
