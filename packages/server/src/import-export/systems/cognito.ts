import type { JsonObject } from '@latchkey/verify/internal';
import { type Fields, fieldsOf } from './fields.ts';
import type { ForeignSystem } from './system.ts';

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** What `aws cognito-idp list-users` writes, and CSV with the columns of its import. Neither has hashes. */
export const cognito: ForeignSystem = {
  title: 'Amazon Cognito',
  lists: ['Users'],
  read(user) {
    const attributes = attributesOf(user);
    const username = user.text('cognito:username', 'Username');
    const external = /^([A-Za-z]+)_/.exec(username ?? '')?.[1];
    const isExternal = user.text('UserStatus') === 'EXTERNAL_PROVIDER';
    return {
      id: attributes.text('sub') ?? username,
      // Pools in which people sign in with their address have a random one.
      username: username !== undefined && !uuid.test(username) && !isExternal ? username : undefined,
      email: attributes.text('email'),
      verified: attributes.flag('email_verified'),
      names: [
        attributes.text('name'),
        [attributes.text('given_name'), attributes.text('family_name')].filter(Boolean).join(' '),
        attributes.text('nickname'),
      ],
      active: user.flag('Enabled') !== false,
      createTime: user.time('UserCreateDate'),
      language: attributes.text('locale'),
      timeZone: attributes.text('zoneinfo'),
      phone: attributes.text('phone_number'),
      data: customOf(user),
      providers: isExternal ? [external ?? 'another provider'] : [],
      lost: [
        (user.flag('cognito:mfa_enabled') || user.list('MFAOptions', 'UserMFASettingList').length > 0) &&
          'second_factor',
      ],
    };
  },
};

/** In JSON they are pairs, in CSV columns. */
function attributesOf(user: Fields): Fields {
  return user.has('Attributes', 'UserAttributes') ? fieldsOf(Object.fromEntries(pairsOf(user))) : user;
}

function pairsOf(user: Fields): [string, string][] {
  return user
    .records('Attributes', 'UserAttributes')
    .map((pair) => [pair.text('Name') ?? '', pair.text('Value') ?? '']);
}

function customOf(user: Fields): JsonObject {
  return Object.fromEntries(pairsOf(user).filter(([name]) => name.startsWith('custom:')));
}
