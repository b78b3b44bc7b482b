import { listAccounts } from '../../identity/accounts/list-accounts.ts';
import type { Command } from '../frame/command.ts';
import { accountJson, firstOf, limitOf, line } from '../frame/show.ts';

export const command: Command = {
  usage: '[--search TEXT] [--limit N]',
  help: 'Lists accounts, newest first, 100 unless --limit is given. --search finds a part of a login or name.',
  options: { search: { type: 'string' }, limit: { type: 'string' } },
  async run(call) {
    const search = call.text('search');
    const limit = limitOf(call);
    const filter = search === undefined ? {} : { search };
    const accounts = await call.withContext(({ context }) =>
      firstOf(call, limit, (page) => listAccounts(context, { filter, page })),
    );
    call.answer(
      { data: accounts.map(accountJson) },
      accounts.map(({ id, login, name, active }) => line(id, active ? 'active  ' : 'disabled', login, name)),
    );
    return undefined;
  },
};
