import { Type } from '@sinclair/typebox';
import { prefersJson } from '../../http/negotiate-accept.ts';
import { entryJson } from '../../log/entry-json.ts';
import type { FeedStreams } from '../../log/feed-streams.ts';
import { reportInterval } from '../../log/followers/follower.ts';
import { readFeed } from '../../log/read-feed.ts';
import { service } from '../access.ts';
import { pollerId, readReaderHeaders } from '../followers/read-reader-headers.ts';
import { type Route, route } from '../route.ts';
import { closed } from '../schemas.ts';
import { EntrySchema } from './entry-schema.ts';
import { openFeedSink, streamHeaders } from './feed-sink.ts';

const FeedPageSchema = Type.Object({
  snapshot: Type.Boolean(),
  from: Type.Optional(Type.Integer()),
  position: Type.Integer(),
  head: Type.Integer(),
  time: Type.Integer(),
  entries: Type.Array(EntrySchema),
});

const exampleEvents = `event: entries
id: 81
data: {"entries":[{"seq":81,"at":1773481511,"subject":{"session":"kPz2vQ8nR4tYw6uXs1aBcA"},"action":"reject","reason":"signout","expiresAt":1773481931}],"head":81,"time":1773481511}

`;

/** The feed: a stream by default, a page for `Accept: application/json`. */
export function logRoutes(streams: FeedStreams): Route[] {
  return [
    route({
      method: 'GET',
      url: '/auth/revocations',
      operation: 'followRevocations',
      summary: 'Follow the revocation log',
      description:
        'A stream of events, which goes on after the position in `Last-Event-ID`; or with `Accept: application/json` a page of entries after the position in `after`.',
      access: service,
      query: Type.Object({ after: Type.Optional(Type.Integer({ minimum: 0 })) }, closed),
      answers: { 200: FeedPageSchema },
      told: { 200: 'A stream of `snapshot`, `entries` and `heartbeat` events; or a page of entries.' },
      events: exampleEvents,
      errors: ['TOO_MANY_REQUESTS'],
      handle: async (ctx, { query, caller, request, reply }) => {
        const { id, staleness, log } = readReaderHeaders(request);
        const { name, keyHash } = caller;
        if (prefersJson(request.headers.accept)) {
          // `after` is what the poller has applied. With its first request it knows nothing, and decides nothing.
          if (query.after !== undefined && request.method === 'GET') {
            await ctx.followers.poll(name, id ?? pollerId(request), staleness, query.after);
          }
          const { log: of, ...page } = await readFeed(ctx, query.after, log);
          reply.header('latchkey-log', of);
          return { ...page, entries: page.entries.map(entryJson) };
        }
        const reportEvery = reportInterval(ctx.policy.sessionIdle);
        // A stream without a body has ended when it begins.
        if (request.method === 'HEAD') return reply.headers(streamHeaders(reportEvery)).send();
        const resume = request.headers['last-event-id'];
        const last =
          typeof resume === 'string' && /^[0-9]{1,15}$/.test(resume) ? Number(resume) : query.after;
        const openSink = () => openFeedSink(reply, reportEvery);
        const end = streams.open(openSink, { service: name, keyHash, id, staleness, log }, last);
        request.raw.socket.once('close', end);
        return reply;
      },
    }),
  ];
}
