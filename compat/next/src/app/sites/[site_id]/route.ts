import { requireRole, requireSession } from '@latchkey/verify/next';
import { latchkey } from '@/lib/latchkey';

const checks = [requireRole('site:manager', { site: 'site_id' })];

export const GET = requireSession(latchkey, { checks })((_request, _context, caller) =>
  Response.json({ user: caller.userId }),
);
