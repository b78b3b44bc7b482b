import { requireFresh, requireSession } from '@latchkey/verify/next';
import { latchkey } from '@/lib/latchkey';
import { say } from '@/lib/say';

export const GET = requireSession(latchkey, { checks: [requireFresh('5m')] })(say);
