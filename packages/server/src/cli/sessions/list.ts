import { findOnlyAccount } from '../../identity/accounts/find-account.ts';
import { isoTime } from '../../kernel/time.ts';
import { listSessions } from '../../sessions/list-sessions.ts';
import type { Command } from '../frame/command.ts';
import { line, listFirst, readLimit, sessionSummary } from '../frame/show.ts';

export const command: Command = {
  usage: '[--user LOGIN_OR_ID] [--all] [--limit N]',
  help: `Lists open sessions, newest first: by default, at most 100. --user lists only those of one account, --all closed ones
too. The ids are public: nobody can use them to sign in.`,
  subject: 'account',
  options: { user: { type: 'string' }, all: { type: 'boolean' }, limit: { type: 'string' } },
  async run(call) {
    const user = call.text('user');
    const limit = readLimit(call);
    const sessions = await call.withContext(async ({ context }) => {
      const account = user === undefined ? undefined : await findOnlyAccount(context, user);
      const filter = {
        ...(account !== undefined && { accountId: account.id }),
        ...(!call.flag('all') && { active: true }),
      };
      return listFirst(call, limit, (page) => listSessions(context, { filter, page }));
    });
    call.answer(
      { data: sessions.map(sessionSummary) },
      sessions.map(({ session, user: { login } }) => {
        const state = session.closeTime === undefined ? 'open  ' : 'closed';
        return line(session.id, state, isoTime(session.openTime), session.address, login, session.client);
      }),
    );
    return undefined;
  },
};
