import type { Fields } from './fields.ts';
import type { ForeignSystem } from './system.ts';

const database = 'auth0';

/**
 * What Auth0's support hands out with hashes, and the job of the Management API, which has all but the hashes. With both,
 * the hashes are the second table.
 */
export const auth0: ForeignSystem = {
  title: 'Auth0',
  lists: ['users'],
  second: {
    what: 'the export with the hashes, beside that of the Management API',
    read(fields) {
      const [id, hash] = [idIn(fields), fields.text('passwordHash')];
      return id === undefined || hash === undefined ? undefined : [id, hash];
    },
  },
  read(user, { second }) {
    const id = user.text('user_id', 'id') ?? idIn(user);
    const address = user.records('identifiers').find((it) => it.text('type') === 'email');
    return {
      id,
      username: user.text('username'),
      email: user.text('email') ?? address?.text('value'),
      verified: user.flag('email_verified') ?? address?.flag('verified'),
      names: [user.text('name'), user.text('given_name'), user.text('nickname')],
      active: user.flag('blocked') !== true,
      createTime: user.time('created_at') ?? timeOfObjectId(user.text('_id')),
      language: user.text('locale'),
      hash: user.text('passwordHash') ?? (second(id)[0] as string | undefined),
      data: user.object('user_metadata'),
      phone: user.text('phone_number'),
      providers: providersOf(user, id),
      lost: [
        user.list('multifactor', 'mfa_factors').length > 0 && 'second_factor',
        Object.keys(user.object('app_metadata')).length > 0 && 'claims_left',
      ],
    };
  },
};

/** The user's id in the export with the hashes: `alt_id` where the application has given one. */
function idIn(fields: Fields): string | undefined {
  const id = fields.text('alt_id', '_id');
  return id === undefined ? undefined : `${database}|${id}`;
}

function providersOf(user: Fields, id = ''): string[] {
  const ids = user.records('identities').flatMap((identity) => identity.text('provider') ?? []);
  return (ids.length > 0 ? ids : [id.split('|', 1)[0]!]).filter((it) => it !== database && it !== '');
}

/** MongoDB's ids begin with the second in which they were made. */
function timeOfObjectId(id: string | undefined): number | undefined {
  return id !== undefined && /^[0-9a-f]{24}$/.test(id)
    ? Number.parseInt(id.slice(0, 8), 16) * 1000
    : undefined;
}
