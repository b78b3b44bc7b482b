import { Buffer } from 'node:buffer';

/**
 * A copy of an ASCII text, for what is kept longer than a request. A part that was cut out of a text keeps the whole of
 * it in memory: a header field, a body.
 */
export function copyOf(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1');
}
