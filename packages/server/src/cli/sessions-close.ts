import { AppError } from '../kernel/errors.ts';
import { parseSessionId } from '../kernel/ids.ts';
import { closeSession } from '../sessions/close-session.ts';
import type { Command } from './command.ts';
import { sessionJson } from './show.ts';

export const command: Command = {
  usage: 'SESSION_ID',
  help: 'Closes the session: from now on it is refused everywhere. One that had ended before is shown as it is.',
  words: [1, 1],
  async run(call) {
    const closed = await call.withContext(({ context }) => {
      const sessionId = parseSessionId(call.words[0]!) ?? context.credentials.verify(call.words[0]!);
      if (sessionId === undefined) throw new AppError('NOT_FOUND');
      return closeSession(context, { sessionId, reason: 'admin' });
    });
    call.answer(sessionJson(closed), [`Closed the session ${closed.session.id}.`]);
    return undefined;
  },
};
