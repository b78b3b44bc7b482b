import type { Minter } from '../load/tokens.ts';
import { freshCopy } from './contenders.ts';

/** The part of the verifier that is measured. */
export interface OurVerifier {
  readonly issuer: string;
  ready(): Promise<void>;
  authenticate(token: string, cookie: string): unknown;
  authenticateCookie(cookie: string): unknown;
  close(): unknown;
}

/** What a caller brings. */
export interface Sample {
  token: string;
  cookie: string;
  sessionId: string;
  input: Buffer;
  signature: Buffer;
}

/** Starts a verifier of the issuer, and waits until it is ready. */
export async function openOurs(options: { issuer: string } & Record<string, unknown>): Promise<OurVerifier> {
  const { createVerifier } = (await import('@latchkey/verify')) as unknown as {
    createVerifier(options: object): OurVerifier;
  };
  const logger = { info() {}, warn: (message: string) => console.error(message) };
  const verifier = createVerifier({ serviceKey: 'bench', onStale: 'reject', logger, ...options });
  await verifier.ready();
  return verifier;
}

export function mintSamples(minter: Minter, count: number): Sample[] {
  const now = Math.floor(Date.now() / 1000);
  return Array.from({ length: count }, () => {
    const minted = minter.mint(now);
    const dot = minted.token.lastIndexOf('.');
    return {
      // Flat, as they come off the wire, and not still in the pieces they were joined from.
      ...freshCopy(minted),
      input: Buffer.from(minted.token.slice(0, dot)),
      signature: Buffer.from(minted.token.slice(dot + 1), 'base64url'),
    };
  });
}
