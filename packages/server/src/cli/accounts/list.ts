import { listAccounts } from '../../identity/accounts/list-accounts.ts';
import type { Command } from '../frame/command.ts';
import { accountSummary, line, listFirst, readLimit } from '../frame/show.ts';

export const command: Command = {
  usage: '[--search TEXT] [--limit N]',
  help: 'Lists accounts, newest first: by default, at most 100. --search finds a part of a login or name.',
  options: { search: { type: 'string' }, limit: { type: 'string' } },
  async run(call) {
    const search = call.text('search');
    const limit = readLimit(call);
    const filter = search === undefined ? {} : { search };
    const accounts = await call.withContext(({ context }) =>
      listFirst(call, limit, (page) => listAccounts(context, { filter, page })),
    );
    call.answer(
      { data: accounts.map(accountSummary) },
      accounts.map(({ id, login, name, active }) => line(id, active ? 'active  ' : 'disabled', login, name)),
    );
    return undefined;
  },
};
