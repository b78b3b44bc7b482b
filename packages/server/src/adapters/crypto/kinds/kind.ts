import { timingSafeEqual } from 'node:crypto';

/** A stored hash that was read: how to compare a password with it, or why that is refused. */
export type Kind =
  /** Compares in constant time, and blocks its thread for as long as the hash's parameters demand. */
  { readonly matches: (password: string) => boolean } | { readonly refused: string };

export const malformed: Kind = { refused: 'is malformed' };
export const tooCostly: Kind = {
  refused: 'would take more than a second or 256 MiB each time it is compared',
};

/** Whether a tag has a sound length: too many passwords match a shorter one, and no system makes a longer one. */
export function isTag(tag: Uint8Array, most = 128): boolean {
  return tag.length >= 16 && tag.length <= most;
}

/** Whether all are whole numbers from 1. */
export function areCounts(...values: readonly number[]): boolean {
  return values.every((value) => Number.isSafeInteger(value) && value >= 1);
}

/** A kind that compares the tag with what `derive` returns for a password. */
export function compareTag(tag: Buffer, derive: (password: Buffer) => Buffer): Kind {
  return { matches: (password) => timingSafeEqual(derive(Buffer.from(password)), tag) };
}
