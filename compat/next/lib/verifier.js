// An app has `createVerifier(…)` here. The test has a verifier for each case, outside of what Next.js bundles.
export const verifier = {
  issuer: 'http://127.0.0.1',
  authenticate: (...credentials) => globalThis.latchkeyVerifier.authenticate(...credentials),
};

export const say = (_request, _context, caller) => Response.json({ user: caller?.userId ?? null });
