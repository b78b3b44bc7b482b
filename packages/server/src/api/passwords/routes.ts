import { type Static, Type } from '@sinclair/typebox';
import { changePassword } from '../../authentication/change-password.ts';
import { recoverPassword } from '../../authentication/recover-password.ts';
import { resetPassword } from '../../authentication/reset-password.ts';
import { verifyPassword } from '../../authentication/verify-password.ts';
import { deviceOf } from '../../http/device.ts';
import { findPasswordInfo } from '../../identity/passwords/find-password-info.ts';
import { giveTempPassword } from '../../identity/passwords/give-temp-password.ts';
import type { PasswordInfo } from '../../identity/passwords/password.ts';
import { unlockPassword } from '../../identity/passwords/unlock-password.ts';
import { validatePassword } from '../../identity/passwords/validate-password.ts';
import { isoTime } from '../../kernel/time.ts';
import { admin, anybody, ownerEvenRestricted, ownerOrAdmin, pathAccount, signed } from '../access.ts';
import { type Route, route } from '../route.ts';
import { openedAnswer } from '../sessions/session-answer.ts';
import { SessionSchema } from '../sessions/session-json.ts';

const closed = { additionalProperties: false };
const Password = Type.String({ description: 'At most 256 characters.' });
const Login = Type.String({ maxLength: 1024, description: "A login or an account's id." });
const UserPath = Type.Object({ user_id: Type.String() }, closed);

const InfoSchema = Type.Object(
  {
    id: Type.String({ description: "The account's id." }),
    change_time: Type.String({ description: 'ISO 8601, UTC' }),
    locked: Type.Boolean({ description: 'Whether wrong passwords have locked it.' }),
    lock_time: Type.Optional(Type.String({ description: 'ISO 8601, UTC' })),
  },
  { $id: 'PasswordInfo', title: 'PasswordInfo' },
);

export const passwordRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/api/v1/passwords/:user_id',
    operation: 'getPasswordInfo',
    summary: 'When the password was changed, and whether it is locked',
    access: ownerOrAdmin,
    params: UserPath,
    answers: { 200: InfoSchema },
    handle: async (ctx, { request }) => infoJson(await findPasswordInfo(ctx, pathAccount(request))),
  }),
  route({
    method: 'POST',
    url: '/api/v1/passwords/validate',
    operation: 'validatePassword',
    summary: 'Whether a new password would be taken, and why not',
    access: anybody,
    body: Type.Object(
      {
        password: Password,
        login: Type.Optional(Type.String({ maxLength: 1024 })),
        name: Type.Optional(Type.String({ maxLength: 512 })),
      },
      closed,
    ),
    answers: { 204: undefined },
    errors: ['PASSWORD_TOO_SHORT', 'PASSWORD_TOO_LONG', 'PASSWORD_TOO_COMMON'],
    handle: (ctx, { body }) => validatePassword(ctx, body),
  }),
  route({
    method: 'POST',
    url: '/api/v1/passwords/:user_id/change',
    operation: 'changePassword',
    summary: "Change the password: closes all of the account's sessions and opens a fresh one for the caller",
    access: ownerEvenRestricted,
    params: UserPath,
    body: Type.Object({ old_password: Password, new_password: Password }, closed),
    answers: { 200: SessionSchema },
    errors: [
      'WRONG_PASSWORD',
      'PASSWORD_TOO_SHORT',
      'PASSWORD_TOO_LONG',
      'PASSWORD_TOO_COMMON',
      'CONFLICT',
      'TOO_MANY_REQUESTS',
    ],
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
    url: '/api/v1/passwords/recover',
    operation: 'recoverPassword',
    summary: 'Mail a code to reset the password with. Answers alike whether there is such a login or not',
    access: anybody,
    body: Type.Object({ login: Login }, closed),
    answers: { 204: undefined },
    handle: (ctx, { body }) => recoverPassword(ctx, body),
  }),
  route({
    method: 'POST',
    url: '/api/v1/passwords/reset',
    operation: 'resetPassword',
    summary: "Set a new password with the code that was mailed: closes all of the account's sessions",
    access: anybody,
    body: Type.Object({ login: Login, code: Type.String({ maxLength: 256 }), password: Password }, closed),
    answers: { 204: undefined },
    errors: ['WRONG_CODE', 'CODE_EXPIRED', 'PASSWORD_TOO_SHORT', 'PASSWORD_TOO_LONG', 'PASSWORD_TOO_COMMON'],
    handle: (ctx, { body }) => resetPassword(ctx, body),
  }),
  route({
    method: 'POST',
    url: '/api/v1/passwords/:user_id/temp',
    operation: 'giveTempPassword',
    summary: 'Mail the account a password that signs in once, to choose a new one',
    access: admin,
    params: UserPath,
    answers: { 204: undefined },
    errors: ['NOT_FOUND', 'CONFLICT'],
    handle: (ctx, { request }) => giveTempPassword(ctx, pathAccount(request)),
  }),
  route({
    method: 'POST',
    url: '/api/v1/passwords/:user_id/unlock',
    operation: 'unlockPassword',
    summary: 'Forget the wrong passwords that were tried, and the lock that they made',
    access: admin,
    params: UserPath,
    answers: { 204: undefined },
    errors: ['NOT_FOUND'],
    handle: (ctx, { request }) => unlockPassword(ctx, pathAccount(request)),
  }),
  route({
    method: 'POST',
    url: '/api/v1/passwords/verify',
    operation: 'verifyPassword',
    summary: 'Prove presence with the password',
    access: signed,
    body: Type.Object({ password: Password }, closed),
    answers: { 204: undefined },
    errors: ['WRONG_PASSWORD', 'TOO_MANY_REQUESTS'],
    handle: (ctx, { body, caller }) =>
      verifyPassword(ctx, { session: caller!.session, password: body.password }),
  }),
];

function infoJson({ accountId, changeTime, lockTime }: PasswordInfo): Static<typeof InfoSchema> {
  return {
    id: accountId,
    change_time: isoTime(changeTime),
    locked: lockTime !== undefined,
    ...(lockTime !== undefined && { lock_time: isoTime(lockTime) }),
  };
}
