import { requireRole, requireSession } from '@latchkey/verify/next';
import { latchkey } from '@/lib/latchkey';
import { say } from '@/lib/say';

export const GET = requireSession(latchkey, { checks: [requireRole('admin')] })(say);
