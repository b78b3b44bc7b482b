import { readSession } from '@latchkey/verify/next';
import { headers } from 'next/headers';
import Image from 'next/image';
import { redirect } from 'next/navigation';
import { Suspense } from 'react';
import { latchkey } from '@/lib/latchkey';
import { notesOf } from '@/lib/notes';
import { addNote } from './actions';

export default async function Notes() {
  const caller = await readSession(latchkey)(await headers());
  if (caller === undefined) redirect('/signin?return_to=/account/notes');
  return (
    <>
      <h1>Notes of {caller.userId}</h1>
      <Image src="/account/picture" alt="Portrait" width={20} height={20} unoptimized />
      <form action={addNote}>
        <input name="note" aria-label="Note" />
        <button type="submit">Add</button>
      </form>
      <Suspense fallback={<p>Loading</p>}>
        <List userId={caller.userId} />
      </Suspense>
    </>
  );
}

/** Streamed after the rest of the page. */
async function List({ userId }: { readonly userId: number }) {
  await new Promise((resolve) => setTimeout(resolve, 50));
  return (
    <ul>
      {notesOf(userId).map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}
