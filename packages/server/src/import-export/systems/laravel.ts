import type { ForeignSystem } from './system.ts';

/** Rows of Laravel's `users`, with the columns of Fortify and of soft deletes. */
export const laravel: ForeignSystem = {
  title: 'Laravel',
  lists: ['users'],
  read(user) {
    if (user.hasHappened('deleted_at')) return { leftOut: 'left_out:deleted there' };
    return {
      id: user.text('id'),
      username: user.text('username'),
      email: user.text('email'),
      verified: user.time('email_verified_at') !== undefined,
      names: [user.text('name'), [user.text('first_name'), user.text('last_name')].filter(Boolean).join(' ')],
      active: user.flag('is_active', 'active') !== false,
      createTime: user.time('created_at'),
      language: user.text('locale'),
      timeZone: user.text('timezone'),
      hash: user.text('password'),
      roles: user.texts('role', 'roles'),
      phone: user.text('phone'),
      lost: [user.text('two_factor_secret') !== undefined && 'second_factor'],
    };
  },
};
