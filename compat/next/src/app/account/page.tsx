import { readSession } from '@latchkey/verify/next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { latchkey } from '@/lib/latchkey';

export default async function Account() {
  const caller = await readSession(latchkey)(await headers());
  if (caller === undefined) redirect('/signin?return_to=/account');
  return <h1>User {caller.userId}</h1>;
}
