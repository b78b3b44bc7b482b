import { hash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { invalidField } from '../../kernel/errors.ts';
import { boundedStaleness, parseFollowerId } from '../../log/followers/follower.ts';

/** What a reader of the feed says about itself. */
export interface ReaderHeaders {
  /** Which of the service's verifiers it is. */
  readonly id: string | undefined;
  /** For how many milliseconds it decides without contact. */
  readonly staleness: number;
  /** The log that its position is in. */
  readonly log: string | undefined;
}

/**
 * Reads `latchkey-verifier: <22 characters>`, `latchkey-staleness: <milliseconds>` and `latchkey-log: <name>`; each may
 * be missing. Throws INVALID_DATA for anything else: a misspelt header must not decide who is waited for.
 */
export function readReaderHeaders({ headers }: FastifyRequest): ReaderHeaders {
  const { 'latchkey-verifier': told, 'latchkey-staleness': staleness, 'latchkey-log': log } = headers;
  const id = parseFollowerId(told);
  if (told !== undefined && id === undefined) {
    throw invalidField('latchkey-verifier', 'must be 22 characters of base64url');
  }
  if (staleness !== undefined && !/^[1-9][0-9]{0,9}$/.test(String(staleness))) {
    throw invalidField('latchkey-staleness', 'must be a number of milliseconds, at least 1');
  }
  return {
    id,
    log: log === undefined ? undefined : String(log),
    staleness: boundedStaleness(staleness === undefined ? undefined : Number(staleness)),
  };
}

/** An id for a poller without one: pollers of one service with the same address and program count as one. */
export function pollerId({ clientAddress, headers }: FastifyRequest): string {
  return hash('sha256', `${clientAddress} ${headers['user-agent'] ?? ''}`, 'base64url').slice(0, 22);
}
