import type { ForeignSystem } from './system.ts';

/** Rows of `AspNetUsers`, and of `AspNetUserRoles` with the names of the roles. */
export const aspnet: ForeignSystem = {
  title: 'ASP.NET Core Identity',
  lists: ['AspNetUsers', 'users'],
  second: {
    what: 'AspNetUserRoles, with the columns UserId and Name',
    list: 'AspNetUserRoles',
    read(row) {
      const [id, role] = [row.text('UserId'), row.text('Name', 'RoleName')];
      return id === undefined || role === undefined ? undefined : [id, role];
    },
  },
  read(user, { now, second }) {
    const id = user.text('Id');
    const isLocked =
      user.flag('LockoutEnabled') !== false && user.lasts(now, 'LockoutEnd', 'LockoutEndDateUtc');
    return {
      id,
      username: user.text('UserName'),
      email: user.text('Email'),
      verified: user.flag('EmailConfirmed'),
      names: [
        user.text('DisplayName', 'FullName', 'Name'),
        [user.text('FirstName'), user.text('LastName')].filter(Boolean).join(' '),
      ],
      active: !isLocked,
      createTime: user.time('CreatedAt', 'CreatedOn'),
      hash: user.text('PasswordHash'),
      roles: [...user.texts('Roles'), ...second(id).map(String)],
      phone: user.text('PhoneNumber'),
      lost: [isLocked && 'locked', user.flag('TwoFactorEnabled') && 'second_factor'],
    };
  },
};
