import { AppError } from '../../kernel/errors.ts';
import { parseSessionId } from '../../kernel/ids.ts';
import { awaitConfirmation } from '../../log/followers/await-confirmation.ts';
import { databaseView } from '../../log/followers/database-view.ts';
import { closeSession } from '../../sessions/close-session.ts';
import { type Call, type Command, UsageError } from '../frame/command.ts';
import { exitCodes } from '../frame/exit-codes.ts';
import { line, sessionSummary } from '../frame/show.ts';

const defaultTimeout = 2000;
const maxTimeout = 10_000;

export const command: Command = {
  usage: 'SESSION_ID [--wait] [--timeout MS]',
  help: `Closes the session, so that the server and every verifier refuse it. A session that had already ended stays as it is.

With --wait, the command waits until every connected verifier refuses the session, by default ${defaultTimeout} ms and at most
${maxTimeout} ms, and lists which services have confirmed it.`,
  options: { wait: { type: 'boolean' }, timeout: { type: 'string' } },
  words: [1, 1],
  async run(call) {
    const timeout = readTimeout(call);
    const { moment, confirmation } = await call.withContext(async ({ context }) => {
      const sessionId = parseSessionId(call.words[0]!) ?? context.credentials.verify(call.words[0]!);
      if (sessionId === undefined) throw new AppError('NOT_FOUND');
      const { moment, seq } = await closeSession(context, { sessionId, reason: 'admin' });
      const { signal } = new AbortController();
      const confirmation = call.flag('wait')
        ? await awaitConfirmation(context, databaseView(context), { seq, timeout, signal })
        : undefined;
      return { moment, confirmation };
    });
    const { confirmed = [], pending = [] } = confirmation ?? {};
    call.answer({ ...sessionSummary(moment), ...confirmation }, [
      `Closed the session ${moment.session.id}.`,
      ...(confirmation === undefined
        ? []
        : [`${confirmed.length} verifiers refuse it, ${pending.length} have not confirmed it.`]),
      ...confirmed.map((service) => line('confirmed', service)),
      ...pending.map((service) => line('pending  ', service)),
    ]);
    return pending.length > 0 ? exitCodes.unconfirmed : exitCodes.done;
  },
};

function readTimeout(call: Call): number {
  const text = call.text('timeout');
  if (text === undefined) return defaultTimeout;
  if (!call.flag('wait')) throw new UsageError('--timeout needs --wait.');
  if (!/^[1-9]\d{0,4}$/.test(text) || Number(text) > maxTimeout) {
    throw new UsageError(`--timeout must be milliseconds from 1 to ${maxTimeout}.`);
  }
  return Number(text);
}
