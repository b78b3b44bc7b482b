import { requireRole, requireSession } from '@latchkey/verify/next';
import { say, verifier } from '../../lib/verifier.js';

export const GET = requireSession(verifier, { checks: [requireRole('admin')] })(say);
