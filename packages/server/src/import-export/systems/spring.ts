import type { ForeignSystem } from './system.ts';

/** Rows of the `users` and `authorities` of Spring Security's JdbcUserDetailsManager. */
export const spring: ForeignSystem = {
  title: 'Spring Security',
  lists: ['users'],
  second: {
    what: 'the table authorities',
    list: 'authorities',
    read(row) {
      const [username, authority] = [row.text('username'), row.text('authority', 'role')];
      return username === undefined || authority === undefined ? undefined : [username, authority];
    },
  },
  read(user, { second }) {
    const username = user.text('username');
    return {
      username,
      email: user.text('email'),
      verified: user.flag('email_verified'),
      names: [
        user.text('name', 'full_name'),
        [user.text('first_name'), user.text('last_name')].filter(Boolean).join(' '),
      ],
      active: user.flag('enabled') !== false && user.flag('account_non_locked') !== false,
      createTime: user.time('created_at', 'created'),
      hash: user.text('password'),
      roles: [...user.texts('authorities', 'authority', 'roles'), ...second(username).map(String)],
    };
  },
};
