import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { AppError } from '../kernel/errors.ts';
import { commonHeaders } from './common-headers.ts';
import { problemOf } from './errors.ts';
import type { ServerContext } from './server-context.ts';

/**
 * Answers clients whose input cannot be read as a request: broken framing, too many headers, too slow. The answer
 * repeats nothing of the input.
 */
export function createClientErrorHandler(ctx: ServerContext): (error: Error, socket: Socket) => void {
  return (error, socket) => {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const { status, problem } = failureOf(code);
    const id = ctx.ids.unique();
    const title = STATUS_CODES[status] ?? '';
    const body = JSON.stringify({ ...problemOf(problem, { request_id: id }, ctx.publicUrl), title, status });
    const headers = {
      ...commonHeaders(ctx.publicUrl),
      'x-request-id': id,
      'content-type': 'application/problem+json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      connection: 'close',
    };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    socket.end(`HTTP/1.1 ${status} ${title}\r\n${lines.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
  };
}

function failureOf(code: string | undefined): { status: number; problem: AppError } {
  if (code === 'HPE_HEADER_OVERFLOW') {
    return {
      status: 431,
      problem: new AppError('PAYLOAD_TOO_LARGE', { detail: 'The headers are too large.' }),
    };
  }
  const [status, detail] =
    code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? [408, 'The request did not arrive in time.']
      : [400, 'The request is not well-formed HTTP.'];
  return { status, problem: new AppError('INVALID_DATA', { detail }) };
}
