import { readSession } from '@latchkey/verify/next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { latchkey } from '@/lib/latchkey';

export default async function Orders() {
  const caller = await readSession(latchkey)(await headers());
  if (caller === undefined) redirect('/signin?return_to=/account/orders');
  return <h1>Orders of {caller.userId}</h1>;
}
