import { requireRole, requireSession } from '@latchkey/verify/next';
import { latchkey } from '@/lib/latchkey';
import { say } from '@/lib/say';

const checks = [requireRole('site:admin', { site: 'site_id' })];
export const GET = requireSession(latchkey, { checks })(say);
