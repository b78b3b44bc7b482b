import { requireFresh, requireSession } from '@latchkey/verify/next';
import { say, verifier } from '../../lib/verifier.js';

export const GET = requireSession(verifier, { checks: [requireFresh('5m')] })(say);
