import { requireSession } from '@latchkey/verify/next';
import { latchkey } from '@/lib/latchkey';
import { notesOf } from '@/lib/notes';

export const GET = requireSession(latchkey)((_request, _context, caller) =>
  Response.json(
    { user: caller.userId, notes: notesOf(caller.userId) },
    { headers: { 'content-disposition': 'attachment; filename="export.json"' } },
  ),
);
