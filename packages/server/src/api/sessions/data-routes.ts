import { Type } from '@sinclair/typebox';
import { changeSessionData } from '../../sessions/change-session-data.ts';
import { findSessionData } from '../../sessions/find-session-data.ts';
import { applyMergePatch, maxDataSize } from '../../sessions/session-data.ts';
import { type Caller, ownerOrAdminByName } from '../access.ts';
import { OwnSessionPath, type PathOf } from '../path.ts';
import { type Route, route } from '../route.ts';

const DataSchema = Type.Object(
  {},
  {
    additionalProperties: true,
    $id: 'SessionData',
    title: 'SessionData',
    description: `A JSON object, at most ${maxDataSize} bytes. Do not keep secrets in it: it shows wherever the session does.`,
  },
);
const Replacement = Type.Object({}, { additionalProperties: true, description: DataSchema.description! });
const Patch = Type.Object(
  {},
  {
    additionalProperties: true,
    description:
      'A JSON Merge Patch (RFC 7396): objects are merged, null removes a member. The result has the same limit.',
  },
);

/** What an application keeps with a session. */
export const sessionDataRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/api/v1/sessions/:user_id/:session_id/data',
    operation: 'getSessionData',
    summary: 'Show the data of a session',
    access: ownerOrAdminByName,
    params: OwnSessionPath,
    answers: { 200: DataSchema },
    errors: ['NOT_FOUND'],
    handle: (ctx, { params, caller }) => findSessionData(ctx, named(params, caller)),
  }),
  route({
    method: 'PUT',
    url: '/api/v1/sessions/:user_id/:session_id/data',
    operation: 'setSessionData',
    summary: 'Replace the data of a session',
    description: 'The session must be live.',
    access: ownerOrAdminByName,
    params: OwnSessionPath,
    body: Replacement,
    answers: { 200: DataSchema },
    errors: ['NOT_FOUND', 'CONFLICT'],
    handle: (ctx, { params, body, caller }) =>
      changeSessionData(ctx, { ...named(params, caller), change: () => body }),
  }),
  route({
    method: 'PATCH',
    url: '/api/v1/sessions/:user_id/:session_id/data',
    operation: 'modifySessionData',
    summary: 'Change members of the data of a session',
    description: 'The session must be live. The body may also be `application/merge-patch+json`.',
    access: ownerOrAdminByName,
    params: OwnSessionPath,
    body: Patch,
    takes: ['application/merge-patch+json'],
    answers: { 200: DataSchema },
    errors: ['NOT_FOUND', 'CONFLICT'],
    handle: (ctx, { params, body, caller }) =>
      changeSessionData(ctx, {
        ...named(params, caller),
        change: (present) => applyMergePatch(present, body),
      }),
  }),
];

/** The session and the account that the path names, where `current` is the caller's. */
function named({ user_id: user, session_id: session }: PathOf<typeof OwnSessionPath>, caller: Caller) {
  return {
    accountId: user === 'current' ? caller.accountId : user,
    sessionId: session === 'current' ? caller.session.id : session,
  };
}
