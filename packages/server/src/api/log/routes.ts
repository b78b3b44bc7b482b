import type { OutgoingHttpHeaders } from 'node:http';
import { Type } from '@sinclair/typebox';
import type { FastifyReply } from 'fastify';
import { entryJson } from '../../log/entry-json.ts';
import type { FeedStreams, Sink } from '../../log/feed-streams.ts';
import { reportInterval } from '../../log/followers/follower.ts';
import { readFeed } from '../../log/read-feed.ts';
import { service } from '../access.ts';
import { pollerId, readReaderHeaders } from '../followers/reader-headers.ts';
import { type Route, route } from '../route.ts';
import { EntrySchema } from './entry-schema.ts';

const FeedPageSchema = Type.Object({
  snapshot: Type.Boolean(),
  from: Type.Optional(Type.Integer()),
  position: Type.Integer(),
  head: Type.Integer(),
  time: Type.Integer(),
  entries: Type.Array(EntrySchema),
});

/** The feed: a stream by default, a page for `Accept: application/json`. */
export function logRoutes(streams: FeedStreams): Route[] {
  return [
    route({
      method: 'GET',
      url: '/auth/revocations',
      operation: 'followRevocations',
      summary: 'The revocation log: a stream of events, or with `Accept: application/json` a page of entries',
      access: service,
      query: Type.Object(
        { after: Type.Optional(Type.Integer({ minimum: 0 })) },
        { additionalProperties: false },
      ),
      answers: { 200: FeedPageSchema },
      handle: async (ctx, { query, request, reply }) => {
        const { id, staleness, log } = readReaderHeaders(request);
        const { name, keyHash } = request.service!;
        if (wantsPage(request.headers.accept)) {
          // Its next question says what it has applied. Before the first answer it knows nothing, and decides nothing.
          if (query.after !== undefined) {
            await ctx.followers.poll(name, id ?? pollerId(request), staleness, query.after);
          }
          const { log: of, ...page } = await readFeed(ctx, query.after, log);
          reply.header('latchkey-log', of);
          return { ...page, entries: page.entries.map(entryJson) };
        }
        const resume = request.headers['last-event-id'];
        const last =
          typeof resume === 'string' && /^[0-9]{1,15}$/.test(resume) ? Number(resume) : query.after;
        const sink = openSink(reply, reportInterval(ctx.policy.sessionIdle));
        const end = streams.open(sink, { service: name, keyHash, id, staleness, log }, last);
        request.raw.socket.once('close', end);
        return reply;
      },
    }),
  ];
}

/** Whether JSON is asked for, and a stream is not (RFC 9110, 12.5.1). */
function wantsPage(accept = ''): boolean {
  const ranges = accept.toLowerCase().split(',');
  const takes = (type: string) =>
    ranges.some((range) => range.trim().startsWith(type) && !/;\s*q=0(?:\.0*)?\s*(?:;|$)/.test(range));
  return takes('application/json') && !takes('text/event-stream');
}

function openSink(reply: FastifyReply, reportEvery: number): Sink {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    ...(reply.getHeaders() as OutgoingHttpHeaders),
    'content-type': 'text/event-stream; charset=utf-8',
    'latchkey-report': String(reportEvery),
    // Proxies that buffer would hold events back (nginx reads this header).
    'x-accel-buffering': 'no',
  });
  raw.flushHeaders();
  raw.socket?.setNoDelay(true);
  return {
    get waiting() {
      return raw.writableLength;
    },
    write: (text) => void raw.write(text),
    drained: () => drained(raw),
    end: () => raw.destroy(),
  };
}

function drained(raw: FastifyReply['raw']): Promise<void> {
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
