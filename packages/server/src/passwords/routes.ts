import { Type } from '@sinclair/typebox';
import { owner, signed } from '../http/access.ts';
import { deviceOf } from '../http/device.ts';
import { type Route, route } from '../http/route.ts';
import { openedAnswer } from '../sessions/session-answer.ts';
import { SessionSchema } from '../sessions/session-json.ts';
import { changePassword } from './change-password.ts';
import { verifyPassword } from './verify-password.ts';

const closed = { additionalProperties: false };
const Password = Type.String({ description: 'At most 256 characters.' });

export const passwordRoutes: readonly Route[] = [
  route({
    method: 'POST',
    url: '/api/v1/passwords/:user_id/change',
    operation: 'changePassword',
    summary: "Change the password: closes all of the account's sessions and opens a fresh one for the caller",
    access: owner,
    params: Type.Object({ user_id: Type.String() }, closed),
    body: Type.Object({ old_password: Password, new_password: Password }, closed),
    answers: { 200: SessionSchema },
    errors: ['WRONG_PASSWORD', 'PASSWORD_TOO_SHORT', 'PASSWORD_TOO_LONG', 'PASSWORD_TOO_COMMON', 'CONFLICT'],
    handle: async (ctx, { body, caller, request, reply }) => {
      const session = await changePassword(ctx, {
        session: caller!.session,
        oldPassword: body.old_password,
        newPassword: body.new_password,
        device: deviceOf(request),
      });
      return openedAnswer(ctx, session.id, request, reply);
    },
  }),
  route({
    method: 'POST',
    url: '/api/v1/passwords/verify',
    operation: 'verifyPassword',
    summary: 'Prove presence with the password',
    access: signed,
    body: Type.Object({ password: Password }, closed),
    answers: { 204: undefined },
    errors: ['WRONG_PASSWORD'],
    handle: (ctx, { body, caller }) =>
      verifyPassword(ctx, { session: caller!.session, password: body.password }),
  }),
];
