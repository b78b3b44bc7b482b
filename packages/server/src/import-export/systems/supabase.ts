import type { Fields } from './fields.ts';
import type { ForeignSystem } from './system.ts';

/** Rows of `auth.users`, as SQL or the dashboard writes them, and users of the admin API. */
export const supabase: ForeignSystem = {
  title: 'Supabase Auth',
  lists: ['users'],
  read(user, { now }) {
    const metadata = user.object('raw_user_meta_data', 'user_metadata');
    const { providers = [], provider: _, ...claims } = user.object('raw_app_meta_data', 'app_metadata');
    const meta = user.fields('raw_user_meta_data', 'user_metadata');
    if (user.hasHappened('deleted_at')) return { leftOut: 'left_out:deleted there' };
    if (user.flag('is_anonymous')) return { leftOut: 'left_out:anonymous there' };
    return {
      id: user.text('id'),
      email: user.text('email'),
      verified: isVerified(user),
      names: [meta.text('full_name'), meta.text('name'), meta.text('display_name')],
      active: !user.lasts(now, 'banned_until'),
      createTime: user.time('created_at'),
      hash: user.text('encrypted_password'),
      data: metadata,
      phone: user.text('phone'),
      providers: [providers]
        .flat()
        .filter((it) => typeof it === 'string' && it !== 'email' && it !== 'phone') as string[],
      lost: [
        user.list('factors').length > 0 && 'second_factor',
        Object.keys(claims).length > 0 && 'claims_left',
      ],
    };
  },
};

/** `confirmed_at` is of the address or of the phone number, whichever was confirmed first. */
function isVerified(user: Fields): boolean {
  if (user.time('email_confirmed_at') !== undefined) return true;
  const mayBePhone = user.has('phone_confirmed_at')
    ? user.hasHappened('phone_confirmed_at')
    : user.text('phone') !== undefined;
  return !mayBePhone && user.time('confirmed_at') !== undefined;
}
