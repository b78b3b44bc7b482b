import type { OpenContext } from '../../app/open-context.ts';
import { AppError } from '../../kernel/errors.ts';
import { parseSessionId, type SessionId } from '../../kernel/ids.ts';
import { closeSession } from '../../sessions/close-session.ts';
import { sessionSummary } from '../frame/show.ts';

type Context = OpenContext['context'];

/** What was closed: the answer for programs, the lines for people, and the position from which on it is refused. */
export interface Closed {
  readonly answer: object;
  readonly lines: readonly string[];
  readonly seq: number;
}

/** Closes the sessions that ids or credentials name. Throws NOT_FOUND before it closes any, when one does not exist. */
export async function closeNamed(context: Context, words: readonly string[]): Promise<Closed> {
  const ids = [...new Set(words)].map((word) => idOf(context, word));
  for (const id of ids) {
    if ((await context.read.sessions.find(id)) === undefined) throw new AppError('NOT_FOUND');
  }
  const closed = [];
  for (const sessionId of ids) closed.push(await closeSession(context, { sessionId, reason: 'admin' }));
  const summaries = closed.map(({ moment }) => sessionSummary(moment));
  return {
    answer: summaries.length === 1 ? summaries[0]! : { data: summaries },
    lines: summaries.map(({ id }) => `Closed the session ${id}.`),
    seq: Math.max(...closed.map(({ seq }) => seq)),
  };
}

function idOf(context: Context, word: string): SessionId {
  const id = parseSessionId(word) ?? context.credentials.verify(word);
  if (id === undefined) throw new AppError('NOT_FOUND');
  return id;
}
