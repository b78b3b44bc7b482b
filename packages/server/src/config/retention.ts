import * as v from './values.ts';
import type { ConfigVariable } from './variable.ts';

/** The rows of the table that say how long something is kept. */
export const retention = {
  sessionRetention: {
    name: 'LATCHKEY_SESSION_RETENTION',
    fallback: '90d',
    unit: 'duration',
    parse: v.duration({ min: '1m', max: '3650d', orForever: true }),
    description:
      'How long a session is listed after it was closed, or `forever`. Longer where the revocation log still tells of its end.',
  },
  mailRetention: {
    name: 'LATCHKEY_MAIL_RETENTION',
    fallback: '30d',
    unit: 'duration',
    parse: v.duration({ min: '1d', max: '3650d', orForever: true }),
    description:
      'How long the outcome of a mail is kept after it was sent or given up, or `forever`. Mails of the last day count for the limits of mails, so it is a day at least.',
  },
  importRetention: {
    name: 'LATCHKEY_IMPORT_RETENTION',
    fallback: 'forever',
    unit: 'duration',
    parse: v.duration({ min: '1d', max: '3650d', orForever: true }),
    description:
      'How long it is remembered how far an import of accounts has come, after its last account, or `forever`. The same import, run later, begins again with its first record.',
  },
} satisfies Record<string, ConfigVariable<unknown>>;
