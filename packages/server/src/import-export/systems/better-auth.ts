import { isJsonObject, type Json } from '@latchkey/verify/internal';
import type { ForeignSystem } from './system.ts';

/** Rows of the tables `user` and `account`. */
export const betterAuth: ForeignSystem = {
  title: 'Better Auth',
  lists: ['user', 'users'],
  second: {
    what: 'the table account, which holds the hashes',
    list: 'account',
    read(row) {
      const [id, provider] = [row.text('userId'), row.text('providerId')];
      if (id === undefined || provider === undefined) return undefined;
      return [id, { provider, password: row.text('password') ?? null }];
    },
  },
  read(user, { now, second }) {
    const id = user.text('id');
    const accounts = second(id).filter(isJsonObject);
    const isBanned =
      user.flag('banned') === true && (user.time('banExpires') ?? Number.POSITIVE_INFINITY) > now;
    return {
      id,
      username: user.text('displayUsername', 'username'),
      email: user.text('email'),
      verified: user.flag('emailVerified'),
      names: [user.text('name')],
      active: !isBanned,
      createTime: user.time('createdAt'),
      hash:
        user.text('password') ??
        passwordOf(accounts.find(({ provider }) => provider === 'credential')?.password),
      roles: user.texts('role'),
      phone: user.text('phoneNumber'),
      providers: accounts.flatMap(({ provider }) => (provider === 'credential' ? [] : String(provider))),
      lost: [user.flag('twoFactorEnabled') && 'second_factor'],
    };
  },
};

function passwordOf(password: Json | undefined): string | undefined {
  return typeof password === 'string' ? password : undefined;
}
