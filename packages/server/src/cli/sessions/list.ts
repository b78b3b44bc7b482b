import { findAccount } from '../../identity/accounts/find-account.ts';
import { isoTime } from '../../kernel/time.ts';
import { listSessions } from '../../sessions/list-sessions.ts';
import type { Command } from '../frame/command.ts';
import { firstOf, limitOf, line, sessionJson } from '../frame/show.ts';

export const command: Command = {
  usage: '[--user LOGIN_OR_ID] [--all] [--limit N]',
  help: `Lists open sessions, newest first, 100 unless --limit is given; with --user those of one account, with --all
closed ones too. The ids are public: they open nothing.`,
  options: { user: { type: 'string' }, all: { type: 'boolean' }, limit: { type: 'string' } },
  async run(call) {
    const user = call.text('user');
    const limit = limitOf(call);
    const sessions = await call.withContext(async ({ context }) => {
      const account = user === undefined ? undefined : await findAccount(context, user);
      const filter = {
        ...(account !== undefined && { accountId: account.id }),
        ...(!call.flag('all') && { active: true }),
      };
      return firstOf(call, limit, (page) => listSessions(context, { filter, page }));
    });
    call.answer(
      { data: sessions.map(sessionJson) },
      sessions.map(({ session, user: { login } }) => {
        const state = session.closeTime === undefined ? 'open  ' : 'closed';
        return line(session.id, state, isoTime(session.openTime), session.address, login, session.client);
      }),
    );
    return undefined;
  },
};
