import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';
import type { Sink } from '../../log/feed-streams.ts';

/** The headers of a stream of events. `reportEvery` tells the reader how often to report, in milliseconds. */
export function streamHeaders(reportEvery: number): Record<string, string> {
  return {
    'content-type': 'text/event-stream; charset=utf-8',
    // Gateways that compress would hold events back (RFC 9111, 5.2.2.6).
    'cache-control': 'no-store, no-transform',
    'latchkey-report': String(reportEvery),
    // Proxies that buffer would hold events back (nginx reads this header).
    'x-accel-buffering': 'no',
  };
}

/** Begins to answer with a stream of events. `reportEvery` tells the reader how often to report, in milliseconds. */
export function openFeedSink(reply: FastifyReply, reportEvery: number): Sink {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    ...(reply.getHeaders() as OutgoingHttpHeaders),
    ...streamHeaders(reportEvery),
  });
  raw.flushHeaders();
  raw.socket?.setNoDelay(true);
  return {
    get waiting() {
      return raw.writableLength;
    },
    write: (text) => void raw.write(text),
    drained: () => waitForDrain(raw),
    end: () => raw.destroy(),
  };
}

/** Resolves when the reader has taken what was written, or has gone. */
function waitForDrain(raw: ServerResponse): Promise<void> {
  if (!raw.writableNeedDrain || raw.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      raw.off('drain', done);
      raw.off('close', done);
      resolve();
    };
    raw.once('drain', done);
    raw.once('close', done);
  });
}
