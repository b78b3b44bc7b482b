import type { InvalidReason } from '../src/errors.ts';
import { type Bytes, claimsOf, headerOf, type Session, type SigningKey, signBytes } from '../test/mint.ts';

export const issuerUrl = 'https://auth.example.com';
export const now = 1_790_000_000;

/** The keys and sessions that all cases share. */
export interface World {
  readonly key: SigningKey;
  readonly edKey: SigningKey;
  /** Another key with the kid of `key`. */
  readonly strangerKey: SigningKey;
  readonly session: Session;
  readonly other: Session;
}

export interface TokenCase {
  readonly name: string;
  readonly token: string;
  readonly cookie: string;
  readonly ignoreExpiry?: true;
  readonly verdict: 'accept' | 'reject';
  readonly reason?: InvalidReason;
  readonly claims?: Record<string, unknown>;
}

export function goodClaims({ session }: World): Record<string, unknown> {
  return claimsOf(session, issuerUrl, now);
}

/** A token with the given parts in place of the good ones, signed by the right key. */
export function signed(world: World, parts: { header?: unknown; payload?: unknown } = {}): string {
  const text = (part: unknown) =>
    typeof part === 'string' || part instanceof Uint8Array ? part : JSON.stringify(part);
  const { header = headerOf(world.key), payload = goodClaims(world) } = parts;
  return signBytes(world.key, text(header), text(payload));
}

export function accept(world: World, name: string, token: string): TokenCase {
  const { sub, sid } = goodClaims(world);
  const claims = { sub, sid };
  return { name, token, cookie: world.session.credential, verdict: 'accept', claims };
}

export function reject(
  world: World,
  name: string,
  token: string,
  reason: InvalidReason = 'malformed-token',
): TokenCase {
  return { name, token, cookie: world.session.credential, verdict: 'reject', reason };
}
