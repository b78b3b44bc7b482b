import type { ForeignSystem } from './system.ts';

/** Rows of the table of Devise's model, or of Rails' `has_secure_password`. */
export const devise: ForeignSystem = {
  title: 'Devise (Ruby on Rails)',
  lists: ['users'],
  hashConfig: {
    where: 'config.pepper in config/initializers/devise.rb, as {"pepper": "…"}',
    isNeeded: false,
  },
  read(user, { hashParameters }) {
    if (user.hasHappened('deleted_at') || user.hasHappened('discarded_at'))
      return { leftOut: 'left_out:deleted there' };
    const isLocked = user.hasHappened('locked_at');
    const hash = user.text('encrypted_password', 'password_digest');
    const provider = user.text('provider');
    return {
      id: user.text('id'),
      username: user.text('username', 'login'),
      email: user.text('email'),
      verified: user.time('confirmed_at') !== undefined,
      names: [
        user.text('name', 'full_name', 'display_name'),
        [user.text('first_name'), user.text('last_name')].filter(Boolean).join(' '),
      ],
      active: !isLocked,
      createTime: user.time('created_at'),
      language: user.text('locale', 'language'),
      timeZone: user.text('time_zone'),
      hash: hashParameters && hash ? { hash, kind: 'bcrypt', parameters: hashParameters } : hash,
      roles: user.texts('role', 'roles'),
      providers: provider === undefined || user.text('uid') === undefined ? [] : [provider],
      lost: [
        isLocked && 'locked',
        user.text('otp_secret', 'encrypted_otp_secret') !== undefined && 'second_factor',
      ],
    };
  },
};
