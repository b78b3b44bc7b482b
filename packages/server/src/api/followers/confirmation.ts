import { type TObject, Type } from '@sinclair/typebox';
import type { FastifyReply } from 'fastify';
import { invalidField } from '../../kernel/errors.ts';
import { awaitConfirmation, type Confirmation } from '../../log/followers/await-confirmation.ts';
import type { HttpContext } from '../context.ts';

const defaultTimeout = 2000;

/** Query parameters of whatever ends sessions: whether the answer waits for the verifiers. */
export const confirmQuery = {
  wait: Type.Optional(
    Type.Literal('confirmed', { description: 'Answer when every connected verifier has applied it.' }),
  ),
  timeout: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 10_000,
      description: `How long at most, in milliseconds; ${defaultTimeout} unless told. Only with \`wait\`.`,
    }),
  ),
};

const confirmation = {
  seq: Type.Integer({ description: 'The position of the revocation log that was waited for.' }),
  confirmed: Type.Array(Type.String(), {
    description:
      "Services whose verifiers refuse it by now: a service's name once for each of its verifiers.",
  }),
  pending: Type.Array(Type.String(), { description: 'Those that have not said so in time.' }),
};

/** The answer of what else would have none. */
export const ConfirmationSchema = Type.Object(confirmation, { $id: 'Confirmation', title: 'Confirmation' });

/** An answer that has the members of a confirmation as well, where the caller waits for one. */
export function confirmable(answer: TObject, title: string): TObject {
  const { seq, confirmed, pending } = confirmation;
  const more = {
    seq: Type.Optional(seq),
    confirmed: Type.Optional(confirmed),
    pending: Type.Optional(pending),
  };
  return Type.Object({ ...answer.properties, ...more }, { $id: title, title });
}

/** Throws INVALID_DATA for a time limit of what does not wait. To be called before anything is done. */
export function checkWait({ wait, timeout }: { wait?: string; timeout?: number }): void {
  if (timeout !== undefined && wait === undefined) throw invalidField('timeout', 'needs wait=confirmed');
}

/** Waits for the verifiers where the query asks for it; stops when the caller has gone, or the server stops. */
export async function confirmationOf(
  ctx: HttpContext,
  query: { wait?: string; timeout?: number },
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
