import type { ForeignSystem } from './system.ts';

/** What `manage.py dumpdata auth.user` writes, also for a user model of one's own, and with allauth's addresses. */
export const django: ForeignSystem = {
  title: 'Django',
  second: {
    isAmong: true,
    what: 'account.emailaddress of django-allauth, which says which addresses are verified',
    read(row) {
      const fields = row.fields('fields');
      const [user, email] = [
        fields.text('user') ?? naturalKey(fields.texts('user')[0]),
        fields.text('email'),
      ];
      if (row.text('model') !== 'account.emailaddress' || user === undefined || email === undefined)
        return undefined;
      return fields.flag('verified') === true ? [user, email.toLowerCase()] : undefined;
    },
  },
  read(row, { second }) {
    const isRow = !row.has('fields');
    const user = isRow ? row : row.fields('fields');
    if (!isRow && !user.has('password')) return { leftOut: 'left_out:rows of other models' };
    const id = row.text('pk', 'id');
    const email = user.text('email');
    const addresses = [...second(id), ...second(naturalKey(user.text('username') ?? email))];
    return {
      id,
      username: user.text('username'),
      email,
      verified: email !== undefined && addresses.includes(email.toLowerCase()),
      names: [
        [user.text('first_name'), user.text('last_name')].filter(Boolean).join(' '),
        user.text('full_name', 'name'),
        user.text('username'),
      ],
      active: user.flag('is_active') !== false,
      createTime: user.time('date_joined', 'created_at'),
      hash: user.text('password'),
      lost: [user.list('groups').length > 0 && 'groups', user.flag('is_superuser') && 'superuser'],
    };
  },
};

/** With `--natural-foreign` a row says `["ada"]` instead of a number, so that no name is taken for one. */
function naturalKey(name: string | undefined): string | undefined {
  return name === undefined ? undefined : `["${name}"]`;
}
