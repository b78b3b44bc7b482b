/** A stored hash that was read: how to make its tag from a password. */
export interface Derivation {
  readonly tag: Buffer;
  /** The tag of that password. Blocks its thread for as long as the hash's parameters demand. */
  derive(password: string): Buffer;
  /** The texts that the other system may have hashed for this password; itself by default. */
  texts?(password: string): readonly string[];
  /** Whether one who has the hash tries passwords by the million in a second: it must not be stored as it is. */
  readonly fast?: boolean;
}

/** A stored hash that was read, or why it is refused. */
export type Kind = Derivation | { readonly refused: string };

export const malformed: Kind = { refused: 'is malformed' };
export const tooCostly: Kind = {
  refused: 'would take more than a second or 256 MiB each time it is compared',
};

/** The digests that are read, and their lengths in bytes. */
export const digestBytes = { md5: 16, sha1: 20, sha256: 32, sha384: 48, sha512: 64 } as const;
export type Digest = keyof typeof digestBytes;

/** Whether a tag has a sound length: too many passwords match a shorter one, and no system makes a longer one. */
export function isTag(tag: Uint8Array, most = 128): boolean {
  return tag.length >= 16 && tag.length <= most;
}

/** Whether all are whole numbers from 1. */
export function areCounts(...values: readonly number[]): boolean {
  return values.every((value) => Number.isSafeInteger(value) && value >= 1);
}

/** A kind that makes its tag from the bytes of a password. */
export function derivation(tag: Buffer, derive: (password: Buffer) => Buffer, fast = false): Derivation {
  return { tag, derive: (password) => derive(Buffer.from(password)), fast };
}
