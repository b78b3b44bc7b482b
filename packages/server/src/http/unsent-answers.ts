import type { FastifyInstance } from 'fastify';
import { AppError } from '../kernel/errors.ts';

/** Answers up to this size are not counted: the system takes them at once. */
const small = 16 * 1024;
/** How much of the larger ones may wait for their readers together. */
const most = 64 * 1024 * 1024;

/**
 * Bounds the memory of answers whose readers are slow, or do not read: what would be too much is UNAVAILABLE. Only
 * answers that read are refused: what a request has done must not be answered as if it had not been. Sizes in bytes.
 */
export function boundUnsentAnswers(server: FastifyInstance): { readonly bytes: number } {
  let waiting = 0;
  server.addHook('onSend', (request, reply, payload, done) => {
    // A character is three bytes at most; most answers need not be counted to know that they are small.
    if (typeof payload === 'string' && payload.length <= small / 3) return done(null, payload);
    const size = sizeOf(payload);
    if (size <= small) return done(null, payload);
    if (request.method === 'GET' && waiting + size > most) {
      return done(new AppError('UNAVAILABLE', { retryAfter: 1 }));
    }
    waiting += size;
    reply.raw.once('close', () => {
      waiting -= size;
    });
    done(null, payload);
  });
  return {
    get bytes() {
      return waiting;
    },
  };
}

function sizeOf(payload: unknown): number {
  if (typeof payload === 'string') return Buffer.byteLength(payload);
  return payload instanceof Uint8Array ? payload.byteLength : 0;
}
