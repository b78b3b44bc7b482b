import { Type } from '@sinclair/typebox';
import { resendVerification } from '../../authentication/resend-verification.ts';
import { verifyEmail } from '../../authentication/verify-email.ts';
import type { EmailSettings } from '../../identity/email-settings/email-settings.ts';
import { findEmailSettings } from '../../identity/email-settings/find-email-settings.ts';
import { updateEmailSettings } from '../../identity/email-settings/update-email-settings.ts';
import { given } from '../../kernel/given.ts';
import { anybody, ownerOrAdmin } from '../access.ts';
import { UserPath } from '../path.ts';
import { type Route, route } from '../route.ts';
import { Code, closed, Login } from '../schemas.ts';
import { EmailSettingsSchema, emailBody, emailChangesOf, emailSettingsJson } from './email-settings-json.ts';

export const emailSettingsRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/api/v1/email_settings/:user_id',
    operation: 'getEmailSettings',
    summary: "Show an account's e-mail settings",
    access: ownerOrAdmin,
    params: UserPath,
    answers: { 200: EmailSettingsSchema },
    errors: ['NOT_FOUND'],
    handle: async (ctx, { params }) => emailSettingsJson(await findEmailSettings(ctx, params.user_id)),
  }),
  route({
    method: 'PUT',
    url: '/api/v1/email_settings/:user_id',
    operation: 'updateEmailSettings',
    summary: "Change an account's e-mail settings",
    description:
      'Fields that are left out stay. A new address needs a recent proof of presence, and is mailed a code to verify it with.',
    access: ownerOrAdmin,
    params: UserPath,
    body: emailBody.schema,
    answers: { 200: EmailSettingsSchema },
    errors: ['NOT_FOUND', 'REAUTH_REQUIRED', 'TOO_MANY_REQUESTS'],
    handle: async (ctx, { params, body, caller }) => {
      const { session } = caller;
      const input = {
        accountId: params.user_id,
        changes: emailChangesOf(emailBody.changesOf(body)),
        session,
        check: (present: EmailSettings) => emailBody.check(body, emailSettingsJson(present)),
      };
      return emailSettingsJson(await updateEmailSettings(ctx, input));
    },
  }),
  route({
    method: 'POST',
    url: '/api/v1/email_settings/resend',
    operation: 'resendVerification',
    summary: 'Mail a new code to verify an address with',
    description: 'To an address that is not verified. The answer does not tell whether there is one.',
    access: anybody,
    body: Type.Object({ login: Login }, closed),
    answers: { 204: undefined },
    told: { 204: 'If there is such an address, the mail is on its way.' },
    handle: (ctx, { body }) => resendVerification(ctx, body),
  }),
  route({
    method: 'POST',
    url: '/api/v1/email_settings/verify',
    operation: 'verifyEmail',
    summary: 'Verify an address with the mailed code',
    description:
      "And with a session of the account, its password, or a new one. A new password replaces the old one and closes all of the account's sessions; an account that has proven another address before gets none in this way.",
    access: anybody,
    body: Type.Object(
      {
        login: Login,
        code: Code,
        password: Type.Optional(Type.String({ description: "The account's password." })),
        new_password: Type.Optional(Type.String({ description: 'At most 256 characters.' })),
      },
      closed,
    ),
    answers: { 204: undefined },
    told: { 204: 'The address is verified.' },
    errors: [
      'WRONG_CODE',
      'CODE_EXPIRED',
      'OWNER_PROOF_REQUIRED',
      'WRONG_PASSWORD',
      'PASSWORD_TOO_SHORT',
      'PASSWORD_TOO_LONG',
      'PASSWORD_TOO_COMMON',
      'TOO_MANY_REQUESTS',
    ],
    handle: (ctx, { body, caller }) => {
      const { login, code, password, new_password: newPassword } = body;
      return verifyEmail(ctx, given({ login, code, password, newPassword, session: caller?.session }));
    },
  }),
];
