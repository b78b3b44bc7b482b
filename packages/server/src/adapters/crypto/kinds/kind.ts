import { timingSafeEqual } from 'node:crypto';

/** A stored hash that was understood: how a password is compared with it, or why that is never done. */
export type Kind =
  /** Compares in constant time; blocks its thread as long as the hash's parameters say. */
  { readonly matches: (password: string) => boolean } | { readonly refused: string };

export const malformed: Kind = { refused: 'is malformed' };
export const tooCostly: Kind = {
  refused: 'would take more than a second or 256 MiB each time it is compared',
};

/** Bytes of a tag: a shorter one would fit too many passwords, a longer one is nobody's. */
export function isTag(tag: Uint8Array, most = 128): boolean {
  return tag.length >= 16 && tag.length <= most;
}

/** Whether all are whole numbers from 1. */
export function areCounts(...values: readonly number[]): boolean {
  return values.every((value) => Number.isSafeInteger(value) && value >= 1);
}

/** Compares what `derive` makes of a password with the tag. */
export function comparing(tag: Buffer, derive: (password: Buffer) => Buffer): Kind {
  return { matches: (password) => timingSafeEqual(derive(Buffer.from(password)), tag) };
}
