import { guardProxy } from '@latchkey/verify/next';
import { verifier } from './lib/verifier.js';

export const proxy = guardProxy(verifier);

export const config = { matcher: '/proxied' };
