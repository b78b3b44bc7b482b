'use server';

import { readSession } from '@latchkey/verify/next';
import { revalidatePath } from 'next/cache';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { latchkey } from '@/lib/latchkey';
import { keepNote } from '@/lib/notes';

export async function addNote(form: FormData) {
  const caller = await readSession(latchkey)(await headers());
  if (caller === undefined) redirect('/signin?return_to=/account/notes');
  keepNote(caller.userId, String(form.get('note')));
  revalidatePath('/account/notes');
}
