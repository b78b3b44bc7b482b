import type { FastifyReply } from 'fastify';
import { invalidField } from '../../kernel/errors.ts';
import { awaitConfirmation, type Confirmation } from '../../log/followers/await-confirmation.ts';
import type { HttpContext } from '../context.ts';
import { defaultTimeout } from './confirmation-json.ts';

/** What a query says about waiting: `confirmQuery`. */
interface Wait {
  readonly wait?: string;
  readonly timeout?: number;
}

/** Throws INVALID_DATA for a time limit without a wait. Call it before anything is done. */
export function checkWait({ wait, timeout }: Wait): void {
  if (timeout !== undefined && wait === undefined) throw invalidField('timeout', 'needs wait=confirmed');
}

/**
 * Where the query asks for it, waits until every connected verifier has applied the position of the log. Stops waiting
 * when the caller has gone or the server stops.
 */
export async function waitIfAsked(
  ctx: HttpContext,
  query: Wait,
  reply: FastifyReply,
  seq: number,
): Promise<Confirmation | undefined> {
  if (query.wait === undefined) return undefined;
  const { closing } = ctx.followers;
  const over = new AbortController();
  const stop = () => over.abort();
  if (closing.aborted) stop();
  reply.raw.once('close', stop);
  closing.addEventListener('abort', stop);
  try {
    const { timeout = defaultTimeout } = query;
    return await awaitConfirmation(ctx, ctx.followers, { seq, timeout, signal: over.signal });
  } finally {
    reply.raw.off('close', stop);
    closing.removeEventListener('abort', stop);
  }
}
