import { readSession } from '@latchkey/verify/next';
import { headers } from 'next/headers';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { latchkey } from '@/lib/latchkey';
import { act } from './act';

export default async function Account() {
  const caller = await readSession(latchkey)(await headers());
  if (caller === undefined) redirect('/signin?return_to=/account');
  return (
    <main>
      <h1>User {caller.userId}</h1>
      <Link href="/account/orders">Orders</Link>
      <form action={act}>
        <button type="submit">Act</button>
      </form>
    </main>
  );
}
