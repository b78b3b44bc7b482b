'use server';

import { headers } from 'next/headers';
import { readSession } from '@latchkey/verify/next';
import { revalidatePath } from 'next/cache';
import { latchkey } from '@/lib/latchkey';

export async function act(): Promise<void> {
  const h = await headers();
  console.log('ACTION', JSON.stringify([...h]));
  console.log('CALLER', await readSession(latchkey)(h));
  revalidatePath('/account');
}
