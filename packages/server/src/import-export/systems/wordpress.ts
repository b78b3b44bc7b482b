import type { ForeignSystem } from './system.ts';

/** What `wp user list` writes with user_pass among its fields, and rows of `wp_users`. */
export const wordpress: ForeignSystem = {
  title: 'WordPress',
  read: (user) => ({
    id: user.text('ID'),
    username: user.text('user_login'),
    email: user.text('user_email'),
    names: [
      user.text('display_name'),
      [user.text('first_name'), user.text('last_name')].filter(Boolean).join(' '),
      user.text('user_nicename'),
    ],
    // Marks of a network of sites.
    active: user.flag('spam') !== true && user.flag('deleted') !== true,
    createTime: user.time('user_registered'),
    language: user.text('locale'),
    hash: user.text('user_pass'),
    roles: user.texts('roles'),
  }),
};
