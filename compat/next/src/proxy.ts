import { guardProxy } from '@latchkey/verify/next';
import { latchkey } from '@/lib/latchkey';

export const proxy = guardProxy(latchkey, {
  onSignedOut: { redirect: '/signin' },
  cookieOnly: 'same-origin', // for server actions and forms
});

export const config = { matcher: '/account/:path*' };
