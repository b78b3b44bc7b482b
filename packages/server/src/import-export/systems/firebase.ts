import { isJsonObject } from '@latchkey/verify/internal';
import type { Fields } from './fields.ts';
import type { ForeignSystem, Surroundings } from './system.ts';

const csvProviders = ['google', 'facebook', 'twitter', 'github'];
const providerColumns = csvProviders.flatMap((provider) =>
  ['id', 'email', 'name', 'photo'].map((what) => `${provider}.${what}`),
);

/** What `firebase auth:export` writes, as JSON and as CSV. */
export const firebase: ForeignSystem = {
  title: 'Firebase Authentication',
  lists: ['users'],
  columns: [
    ...['localId', 'email', 'emailVerified', 'passwordHash', 'salt', 'displayName', 'photoUrl'],
    ...providerColumns,
    ...['createdAt', 'lastSignedInAt', 'phoneNumber', 'disabled', 'customAttributes'],
  ],
  hashConfig: {
    where: 'the console shows them under Authentication, Users, ⋮, Password hash parameters',
    isNeeded: true,
  },
  read: (user, surroundings) => ({
    id: user.text('localId'),
    email: user.text('email') ?? addressElsewhere(user),
    verified: user.text('email') !== undefined && user.flag('emailVerified') === true,
    names: [user.text('displayName')],
    active: user.flag('disabled') !== true,
    createTime: user.time('createdAt'),
    hash: hashOf(user, surroundings),
    phone: user.text('phoneNumber'),
    providers: providersOf(user),
    lost: [
      user.list('mfaInfo').length > 0 && 'second_factor',
      Object.keys(user.object('customAttributes')).length > 0 && 'claims_left',
    ],
  }),
};

function hashOf(user: Fields, { hashParameters }: Surroundings) {
  const hash = user.text('passwordHash');
  if (hash === undefined) return undefined;
  const salt = user.text('salt', 'passwordSalt') ?? '';
  return { hash, salt, kind: 'firebase-scrypt', parameters: hashParameters ?? {} };
}

/** Where each provider may make an account of its own, the address stands only there. */
function addressElsewhere(user: Fields): string | undefined {
  const named = user.records('providerUserInfo').map((info) => info.text('email'));
  return [...named, ...csvProviders.map((name) => user.text(`${name}.email`))].find(Boolean);
}

function providersOf(user: Fields): string[] {
  const named = user.list('providerUserInfo').filter(isJsonObject);
  const ids = named.flatMap(({ providerId }) => (typeof providerId === 'string' ? providerId : []));
  const columns = csvProviders
    .filter((name) => user.text(`${name}.id`) !== undefined)
    .map((name) => `${name}.com`);
  return [...ids, ...columns].filter((id) => id !== 'password' && id !== 'phone');
}
