import { createVerifier, type Verifier } from '@latchkey/verify';

/** Next.js bundles this module several times: the verifier is shared through `globalThis`. */
const shared = globalThis as typeof globalThis & { latchkey?: Verifier };

/** The verifier, made at the first request: a build needs no environment. */
export function latchkey(): Verifier {
  shared.latchkey ??= createVerifier({
    issuer: read('LATCHKEY_PUBLIC_URL'),
    serviceKey: read('LATCHKEY_SERVICE_KEY'),
  });
  return shared.latchkey;
}

function read(name: string): string {
  const value = process.env[name];
  if (value) return value;
  throw new Error(`${name} is not set`);
}
