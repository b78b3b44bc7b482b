import { requireSession } from '@latchkey/verify/next';
import { say, verifier } from '../lib/verifier.js';

export const GET = requireSession(verifier)(say);
