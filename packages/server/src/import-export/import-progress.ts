import { createHash } from 'node:crypto';

/** What has become of the records of an import. */
export interface ImportCounts {
  readonly made: number;
  /** Those whose login there was already, where such are passed over. */
  readonly present: number;
  readonly refused: number;
}

/** How far an import has come: what is told here is committed. */
export interface ImportProgress extends ImportCounts {
  /** Of the first record: what an import is known by when it is run again. */
  readonly id: string;
  /** How many are done. */
  readonly records: number;
  /** Of all that are done. */
  readonly digest: string;
  /** Unix milliseconds. */
  readonly updateTime: number;
}

export const noCounts: ImportCounts = { made: 0, present: 0, refused: 0 };

/** Follows what is read, to know it again. */
export interface RecordDigest {
  add(text: string): void;
  /** Of all that were added. */
  value(): string;
}

/** A digest of records that nobody has added yet. */
export function newRecordDigest(): RecordDigest {
  const hash = createHash('sha256');
  return {
    add: (text) => void hash.update(text).update('\n'),
    value: () => hash.copy().digest('base64url'),
  };
}
