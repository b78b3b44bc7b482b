import type { OpenContext } from '../../app/open-context.ts';
import { findOnlyAccount } from '../../identity/accounts/find-account.ts';
import { given } from '../../kernel/given.ts';
import { awaitConfirmation, type Confirmation } from '../../log/followers/await-confirmation.ts';
import { databaseView } from '../../log/followers/database-view.ts';
import { closeSessions } from '../../sessions/close-sessions.ts';
import { listSessions } from '../../sessions/list-sessions.ts';
import { type Call, type Command, UsageError } from '../frame/command.ts';
import { confirm, yesOption } from '../frame/confirm.ts';
import { exitCodes } from '../frame/exit-codes.ts';
import { count, line, visible } from '../frame/show.ts';
import { type Closed, closeNamed } from './close-named.ts';

const defaultTimeout = 2000;
const maxTimeout = 10_000;

type Context = OpenContext['context'];

export const command: Command = {
  usage: '(SESSION_ID... | --user LOGIN_OR_ID | --all) [--yes] [--wait] [--timeout MS]',
  help: `Closes sessions, so that the server and every verifier refuse them: those that are named, with --user all of an
account, with --all all of everybody. A session that had already ended stays as it is.

--user and --all tell how many sessions are open, and ask before they close them. --yes is for scripts: without a
terminal, or with --json, nothing is asked, and nothing is closed without --yes.

With --wait, the command waits until every connected verifier refuses the sessions, by default ${defaultTimeout} ms and at
most ${maxTimeout} ms, and lists which services have confirmed it.`,
  subject: 'session or account',
  options: {
    user: { type: 'string' },
    all: { type: 'boolean' },
    ...yesOption,
    wait: { type: 'boolean' },
    timeout: { type: 'string' },
  },
  words: [0, 1000],
  async run(call) {
    checkTarget(call);
    const timeout = readTimeout(call);
    const { closed, confirmation } = await call.withContext(async ({ context }) => {
      const closed = await (call.words.length > 0
        ? closeNamed(context, call.words)
        : closeMany(call, context));
      const { signal } = new AbortController();
      const view = databaseView(context);
      const wait = call.flag('wait');
      const options = { seq: closed.seq, timeout, signal };
      return { closed, confirmation: wait ? await awaitConfirmation(context, view, options) : undefined };
    });
    call.answer({ ...closed.answer, ...confirmation }, [...closed.lines, ...linesOf(confirmation)]);
    return (confirmation?.pending ?? []).length > 0 ? exitCodes.unconfirmed : exitCodes.done;
  },
};

/** Throws a UsageError unless exactly one way says which sessions. */
function checkTarget(call: Call): void {
  const ways = [call.words.length > 0, call.text('user') !== undefined, call.flag('all')];
  if (ways.filter(Boolean).length !== 1)
    throw new UsageError(
      'Name sessions by their ids, or give --user LOGIN_OR_ID, or --all: one of the three.',
    );
}

/** Closes the sessions of an account, or of everybody, once that is confirmed. */
async function closeMany(call: Call, context: Context): Promise<Closed> {
  const user = call.text('user');
  const account = user === undefined ? undefined : await findOnlyAccount(context, user);
  const target = given({ accountId: account?.id });
  const page = { skip: 0, take: 1, total: true };
  const { total = 0 } = await listSessions(context, { filter: { ...target, active: true }, page });
  const whose = account === undefined ? 'of everybody' : visible(`of ${account.login}`);
  if (total > 0) await confirm(call, `close ${count(total, 'session')} ${whose}`);
  const { closed, seq } = await closeSessions(context, { ...target, reason: 'admin' });
  const answer = { ...given({ user_id: account?.id }), closed };
  return { answer, lines: [`Closed ${count(closed, 'session')} ${whose}.`], seq };
}

function linesOf(confirmation: Confirmation | undefined): string[] {
  if (confirmation === undefined) return [];
  const { confirmed, pending } = confirmation;
  if (confirmed.length + pending.length === 0) return ['No verifier is connected.'];
  return [
    `Confirmed by ${count(confirmed.length, 'verifier')}, not yet by ${pending.length}.`,
    ...confirmed.map((service) => line('confirmed', service)),
    ...pending.map((service) => line('pending  ', service)),
  ];
}

function readTimeout(call: Call): number {
  const text = call.text('timeout');
  if (text === undefined) return defaultTimeout;
  if (!call.flag('wait')) throw new UsageError('--timeout needs --wait.');
  if (!/^[1-9]\d{0,4}$/.test(text) || Number(text) > maxTimeout) {
    throw new UsageError(`--timeout must be milliseconds from 1 to ${maxTimeout}.`);
  }
  return Number(text);
}
