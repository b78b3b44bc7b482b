import type { Fields } from './fields.ts';
import type { ForeignSystem } from './system.ts';

const people = /^(?:inetorgperson|organizationalperson|person|posixaccount|user|account)$/i;

/** The bit of Active Directory's userAccountControl that switches an account off. */
const accountDisabled = 2;

/** LDIF of `slapcat`, `ldapsearch` and their like. */
export const ldap: ForeignSystem = {
  title: 'LDAP',
  isLdif: true,
  read(entry) {
    const isPerson = entry.texts('objectClass').some((name) => people.test(name));
    const username = entry.texts('uid', 'sAMAccountName', 'userPrincipalName')[0];
    if (!isPerson || entry.texts('objectClass').includes('computer')) {
      return { leftOut: 'left_out:entries of no person' };
    }
    const passwords = entry.texts('userPassword');
    const [, ...moreAddresses] = entry.texts('mail');
    return {
      id: entry.texts('entryUUID', 'ipaUniqueID', 'nsUniqueId', 'dn')[0],
      username,
      email: entry.texts('mail')[0],
      names: [
        entry.texts('displayName')[0],
        entry.texts('cn')[0],
        [entry.texts('givenName')[0], entry.texts('sn')[0]].filter(Boolean).join(' '),
      ],
      active: isActive(entry),
      createTime: generalizedTime(entry.texts('createTimestamp', 'whenCreated')[0]),
      language: entry.texts('preferredLanguage')[0]?.split(/[,;]/, 1)[0],
      hash: passwords,
      phone: entry.texts('mobile', 'telephoneNumber')[0],
      lost: [
        entry.list('memberOf').length > 0 && 'groups',
        passwords.length > 1 && 'passwords_left',
        moreAddresses.length > 0 && 'addresses_left',
      ],
    };
  },
};

function isActive(entry: Fields): boolean {
  const control = Number(entry.texts('userAccountControl')[0] ?? 0);
  const isLocked =
    entry.texts('nsAccountLock')[0]?.toLowerCase() === 'true' || entry.has('pwdAccountLockedTime');
  return !isLocked && (control & accountDisabled) === 0;
}

/** RFC 4517, 3.3.13: `20240102030405Z`. */
function generalizedTime(text = ''): number | undefined {
  const [, year, month, day, hour, minute, second = 0] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:[.,]\d+)?Z$/.exec(text) ?? [];
  if (year === undefined) return undefined;
  // biome-ignore lint/style/noRestrictedGlobals: reads an instant, reads no clock
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
}
