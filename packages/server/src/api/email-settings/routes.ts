import { Type } from '@sinclair/typebox';
import { resendVerification } from '../../authentication/resend-verification.ts';
import { verifyEmail } from '../../authentication/verify-email.ts';
import { findEmailSettings } from '../../identity/email-settings/find-email-settings.ts';
import { updateEmailSettings } from '../../identity/email-settings/update-email-settings.ts';
import { anybody, ownerOrAdmin, pathAccount } from '../access.ts';
import { type Route, route } from '../route.ts';
import {
  EmailChangesSchema,
  EmailSettingsSchema,
  emailChangesOf,
  emailSettingsJson,
} from './email-settings-json.ts';

const closed = { additionalProperties: false };
const UserPath = Type.Object({ user_id: Type.String() }, closed);
const Login = Type.String({ maxLength: 1024, description: "A login or an account's id." });

export const emailSettingsRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/api/v1/email_settings/:user_id',
    operation: 'getEmailSettings',
    summary: "Where an account's mail goes",
    access: ownerOrAdmin,
    params: UserPath,
    answers: { 200: EmailSettingsSchema },
    errors: ['NOT_FOUND'],
    handle: async (ctx, { request }) => emailSettingsJson(await findEmailSettings(ctx, pathAccount(request))),
  }),
  route({
    method: 'PUT',
    url: '/api/v1/email_settings/:user_id',
    operation: 'updateEmailSettings',
    summary:
      'Change where mail goes: what is not given stays. A new address needs a recent proof of presence, and gets a code to verify it',
    access: ownerOrAdmin,
    params: UserPath,
    body: EmailChangesSchema,
    answers: { 200: EmailSettingsSchema },
    errors: ['NOT_FOUND', 'REAUTH_REQUIRED'],
    handle: async (ctx, { body, caller, request }) => {
      const { session } = caller!;
      const input = { accountId: pathAccount(request), changes: emailChangesOf(body), session };
      return emailSettingsJson(await updateEmailSettings(ctx, input));
    },
  }),
  route({
    method: 'POST',
    url: '/api/v1/email_settings/resend',
    operation: 'resendVerification',
    summary: 'Mail a new code to an address that is not verified. Answers alike whether there is one or not',
    access: anybody,
    body: Type.Object({ login: Login }, closed),
    answers: { 204: undefined },
    handle: (ctx, { body }) => resendVerification(ctx, body),
  }),
  route({
    method: 'POST',
    url: '/api/v1/email_settings/verify',
    operation: 'verifyEmail',
    summary: 'Verify an address with the code that was mailed to it',
    access: anybody,
    body: Type.Object({ login: Login, code: Type.String({ maxLength: 256 }) }, closed),
    answers: { 204: undefined },
    errors: ['WRONG_CODE', 'CODE_EXPIRED'],
    handle: (ctx, { body }) => verifyEmail(ctx, body),
  }),
];
