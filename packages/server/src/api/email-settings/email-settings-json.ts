import { type Static, Type } from '@sinclair/typebox';
import type { EmailSettings } from '../../identity/email-settings/email-settings.ts';
import type { EmailChanges } from '../../identity/email-settings/update-email-settings.ts';
import { Language } from '../accounts/account-json.ts';

const AnyObject = Type.Object({}, { additionalProperties: true });
const Limited = Type.Object({}, { additionalProperties: true, description: 'At most 8 KiB of JSON.' });

export const EmailSettingsSchema = Type.Object(
  {
    id: Type.String({ description: "The account's id." }),
    name: Type.String(),
    email: Type.String(),
    language: Type.String(),
    subscriptions: AnyObject,
    verified: Type.Boolean({ description: 'Whether the mailbox has proven itself.' }),
    custom_hdr: AnyObject,
    custom_dat: AnyObject,
  },
  { $id: 'EmailSettings', title: 'EmailSettings' },
);

/** What may be changed of e-mail settings. */
export const EmailChangesSchema = Type.Partial(
  Type.Object({
    name: Type.String({ maxLength: 512 }),
    email: Type.String({ maxLength: 1024 }),
    language: Language,
    subscriptions: Type.Object(
      {},
      {
        additionalProperties: true,
        description:
          'At most 8 KiB of JSON. `password_changed`, `password_reset`, `email_changed` and `new_device` turn a notice off where they are false.',
      },
    ),
    custom_hdr: Limited,
    custom_dat: Limited,
  }),
  { additionalProperties: false },
);

/** E-mail settings as part A shows them. */
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
  return {
    ...rest,
    ...(customHdr !== undefined && { customHdr }),
    ...(customDat !== undefined && { customDat }),
  };
}
