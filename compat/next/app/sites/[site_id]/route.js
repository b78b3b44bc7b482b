import { requireRole, requireSession } from '@latchkey/verify/next';
import { say, verifier } from '../../../lib/verifier.js';

const checks = [requireRole('site:manager', { site: 'site_id' })];
export const GET = requireSession(verifier, { checks })(say);
