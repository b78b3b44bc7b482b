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
import { given, ifGiven } from '../../kernel/given.ts';
import { isoTime } from '../../kernel/time.ts';
import { admin, anybody, ownerEvenRestricted, ownerOrAdmin, present, signed } from '../access.ts';
import { UserPath } from '../path.ts';
import { type Route, route } from '../route.ts';
import { Code, closed, Login, Password, Time } from '../schemas.ts';
import { answerOpened, openedWords } from '../sessions/session-answer.ts';
import { SessionSchema } from '../sessions/session-json.ts';

const InfoSchema = Type.Object(
  {
    id: Type.String({ description: "The account's id." }),
    change_time: Time,
    locked: Type.Boolean({ description: 'Whether the password is locked after too many wrong tries.' }),
    lock_time: Type.Optional(Time),
  },
  { $id: 'PasswordInfo', title: 'PasswordInfo', description: 'What may be told about a password.' },
);

export const passwordRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/api/v1/passwords/:user_id',
    operation: 'getPasswordInfo',
    summary: 'Show when the password was changed',
    description: 'And whether it is locked.',
    access: ownerOrAdmin,
    params: UserPath,
    answers: { 200: InfoSchema },
    handle: async (ctx, { params }) => infoJson(await findPasswordInfo(ctx, params.user_id)),
  }),
  route({
    method: 'POST',
    url: '/api/v1/passwords/validate',
    operation: 'validatePassword',
    summary: 'Check whether a new password is accepted',
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
    told: { 204: 'The password is good enough.' },
    errors: ['PASSWORD_TOO_SHORT', 'PASSWORD_TOO_LONG', 'PASSWORD_TOO_COMMON'],
    handle: (ctx, { body }) => validatePassword(ctx, body),
  }),
  route({
    method: 'POST',
    url: '/api/v1/passwords/:user_id/change',
    operation: 'changePassword',
    summary: 'Change the password',
    description:
      "Closes all of the account's sessions and opens a new one for the caller. Sets the session cookie.",
    access: ownerEvenRestricted,
    params: UserPath,
    body: Type.Object({ old_password: Password, new_password: Password }, closed),
    answers: { 200: SessionSchema },
    told: {
      200: openedWords,
    },
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
        session: caller.session,
        oldPassword: body.old_password,
        newPassword: body.new_password,
        device: deviceOf(request),
      });
      return answerOpened(ctx, session.id, request, reply);
    },
  }),
  route({
    method: 'POST',
    url: '/api/v1/passwords/recover',
    operation: 'recoverPassword',
    summary: 'Mail a code to reset the password with',
    description: 'The answer does not tell whether the login exists.',
    access: anybody,
    body: Type.Object({ login: Login }, closed),
    answers: { 204: undefined },
    told: { 204: 'If there is such an account with an address, the mail is on its way.' },
    handle: (ctx, { body }) => recoverPassword(ctx, body),
  }),
  route({
    method: 'POST',
    url: '/api/v1/passwords/reset',
    operation: 'resetPassword',
    summary: 'Set a new password with the mailed code',
    description: "Closes all of the account's sessions.",
    access: anybody,
    body: Type.Object({ login: Login, code: Code, password: Password }, closed),
    answers: { 204: undefined },
    told: { 204: 'The password is set.' },
    errors: ['WRONG_CODE', 'CODE_EXPIRED', 'PASSWORD_TOO_SHORT', 'PASSWORD_TOO_LONG', 'PASSWORD_TOO_COMMON'],
    handle: (ctx, { body }) => resetPassword(ctx, body),
  }),
  route({
    method: 'POST',
    url: '/api/v1/passwords/:user_id/temp',
    operation: 'giveTempPassword',
    summary: 'Mail a one-time password',
    description: 'It is only good for choosing a new one.',
    access: present(admin),
    params: UserPath,
    answers: { 204: undefined },
    told: { 204: 'The mail is on its way.' },
    errors: ['NOT_FOUND', 'CONFLICT'],
    handle: (ctx, { params }) => giveTempPassword(ctx, params.user_id),
  }),
  route({
    method: 'POST',
    url: '/api/v1/passwords/:user_id/unlock',
    operation: 'unlockPassword',
    summary: 'Unlock the password',
    description: 'The wrong tries are forgotten.',
    access: present(admin),
    params: UserPath,
    answers: { 204: undefined },
    told: { 204: 'The password can be tried again.' },
    errors: ['NOT_FOUND'],
    handle: (ctx, { params }) => unlockPassword(ctx, params.user_id),
  }),
  route({
    method: 'POST',
    url: '/api/v1/passwords/verify',
    operation: 'verifyPassword',
    summary: 'Prove presence with the password',
    description: 'What needs a recent proof of presence is allowed from now on, for a while.',
    access: signed,
    body: Type.Object({ password: Password }, closed),
    answers: { 204: undefined },
    told: { 204: 'The caller is present.' },
    errors: ['WRONG_PASSWORD', 'TOO_MANY_REQUESTS'],
    handle: (ctx, { body, caller }) =>
      verifyPassword(ctx, { session: caller.session, password: body.password }),
  }),
];

function infoJson({ accountId, changeTime, lockTime }: PasswordInfo): Static<typeof InfoSchema> {
  return given({
    id: accountId,
    change_time: isoTime(changeTime),
    locked: lockTime !== undefined,
    lock_time: ifGiven(lockTime, isoTime),
  });
}
