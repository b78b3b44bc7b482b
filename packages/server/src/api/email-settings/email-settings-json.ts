import { type Static, Type } from '@sinclair/typebox';
import type { EmailSettings } from '../../identity/email-settings/email-settings.ts';
import type { EmailChanges } from '../../identity/email-settings/update-email-settings.ts';
import { given } from '../../kernel/given.ts';
import { Language } from '../accounts/account-json.ts';
import { createPutBody, readOnly } from '../put-body.ts';
import { AnyObject, closed, Name, SmallObject } from '../schemas.ts';

export const EmailSettingsSchema = Type.Object(
  {
    id: readOnly(Type.String({ description: "The account's id." })),
    name: Type.String(),
    email: Type.String(),
    language: Type.String(),
    subscriptions: AnyObject,
    verified: readOnly(Type.Boolean({ description: 'Whether the address is verified.' })),
    custom_hdr: AnyObject,
    custom_dat: AnyObject,
  },
  { $id: 'EmailSettings', title: 'EmailSettings', description: 'Where mails to an account go.' },
);

const EmailChangesSchema = Type.Partial(
  Type.Object({
    name: Name,
    email: Type.String({ maxLength: 1024 }),
    language: Language,
    subscriptions: Type.Object(
      {},
      {
        additionalProperties: true,
        description:
          'At most 8 KiB of JSON. The members `password_changed`, `password_reset`, `email_changed` and `new_device` turn the notice of that name off if they are false.',
      },
    ),
    custom_hdr: SmallObject,
    custom_dat: SmallObject,
  }),
  closed,
);

/** The fields of e-mail settings that can be changed. */
export const emailBody = createPutBody(EmailChangesSchema, EmailSettingsSchema);

/** E-mail settings as the facade shows them. */
export function emailSettingsJson(settings: EmailSettings): Static<typeof EmailSettingsSchema> {
  return {
    id: settings.accountId,
    name: settings.name,
    email: settings.email,
    language: settings.language,
    subscriptions: settings.subscriptions,
    verified: settings.verified,
    custom_hdr: settings.customHdr,
    custom_dat: settings.customDat,
  };
}

export function emailChangesOf(body: Static<typeof EmailChangesSchema>): EmailChanges {
  const { custom_hdr: customHdr, custom_dat: customDat, ...rest } = body;
  return given({ ...rest, customHdr, customDat });
}
