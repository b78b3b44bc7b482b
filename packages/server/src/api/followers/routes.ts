import { Type } from '@sinclair/typebox';
import type { SessionId } from '../../kernel/ids.ts';
import { boundedStaleness } from '../../log/followers/follower.ts';
import { service } from '../access.ts';
import { type Route, route } from '../route.ts';
import { closed } from '../schemas.ts';

const Count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

/** What verifiers report to the server. */
export const followerRoutes: readonly Route[] = [
  route({
    method: 'POST',
    url: '/auth/revocations/report',
    operation: 'reportVerifier',
    summary: 'Report how far a verifier has followed',
    description: 'How far it has applied the log, and which sessions it has seen.',
    access: service,
    body: Type.Object(
      {
        verifier: Type.String({
          pattern: '^[A-Za-z0-9_-]{22}$',
          description: 'Its own id, the same as for the feed.',
        }),
        log: Type.String({
          maxLength: 64,
          description: 'The name of the log that the position is in, from the feed.',
        }),
        position: Count,
        staleness: Type.Optional(
          Type.Integer({
            minimum: 1,
            maximum: 2 ** 31 - 1,
            description: 'For how many milliseconds it decides without contact.',
          }),
        ),
        confirm: Type.Optional(Type.Boolean({ description: 'Whether the feed asked for this report.' })),
        sessions: Type.Optional(
          Type.Array(Type.Tuple([Type.String({ pattern: '^[A-Za-z0-9_-]{21}[AQgw]$' }), Count]), {
            maxItems: 2000,
            description: 'Sessions that were used: the public id, and how many milliseconds ago.',
          }),
        ),
        leaving: Type.Optional(
          Type.Boolean({ description: 'Whether it stops: it decides nothing any more.' }),
        ),
      },
      closed,
    ),
    answers: { 204: undefined },
    told: { 204: 'The server knows.' },
    errors: ['INVALID_DATA', 'TOO_MANY_REQUESTS'],
    handle: async (ctx, { body, caller }) => {
      const {
        verifier: id,
        log,
        position,
        staleness,
        sessions = [],
        confirm = false,
        leaving = false,
      } = body;
      await ctx.followers.report({
        service: caller.name,
        id,
        log,
        position,
        staleness: boundedStaleness(staleness),
        confirm,
        leaving,
      });
      ctx.uses.noteReported(caller.name, sessions as [SessionId, number][]);
    },
  }),
];
