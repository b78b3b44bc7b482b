import { hash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { invalidField } from '../../kernel/errors.ts';
import { boundedStaleness, parseFollowerId } from '../../log/followers/follower.ts';

/** What a reader of the feed says of itself. */
export interface ReaderHeaders {
  /** Which of the service's verifiers it is. */
  readonly id: string | undefined;
  /** Milliseconds for which it decides by itself without contact. */
  readonly staleness: number;
  /** The log that its position is in. */
  readonly log: string | undefined;
}

/**
 * Reads `latchkey-verifier: <22 characters>`, `latchkey-staleness: <milliseconds>` and `latchkey-log: <name>`; all may be
 * missing. Throws INVALID_DATA for anything else: who is waited for must not hang on a misspelt header.
 */
export function readReaderHeaders({ headers }: FastifyRequest): ReaderHeaders {
  const { 'latchkey-verifier': told, 'latchkey-staleness': staleness, 'latchkey-log': log } = headers;
  const id = parseFollowerId(told);
  if (told !== undefined && id === undefined) {
    throw invalidField('latchkey-verifier', 'must be 22 characters of base64url');
  }
  if (staleness !== undefined && !/^[1-9][0-9]{0,9}$/.test(String(staleness))) {
    throw invalidField('latchkey-staleness', 'must be milliseconds from 1');
  }
  return {
    id,
    log: log === undefined ? undefined : String(log),
    staleness: boundedStaleness(staleness === undefined ? undefined : Number(staleness)),
  };
}

/** Stands for the id of a poller that has none: those of one service, address and program are taken for one. */
export function pollerId({ ip, headers }: FastifyRequest): string {
  return hash('sha256', `${ip} ${headers['user-agent'] ?? ''}`, 'base64url').slice(0, 22);
}
