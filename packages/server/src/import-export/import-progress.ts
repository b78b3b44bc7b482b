import { createHash } from 'node:crypto';
import { addNotes, type Notes, noNotes } from './notes.ts';

/** What became of the records of an import. */
export interface ImportCounts {
  readonly made: number;
  /** Records with an existing login, where such are skipped. */
  readonly present: number;
  readonly refused: number;
  /** What is told about the accounts that were made, and about the records that are none. */
  readonly notes: Notes;
}

/** How far an import has come. All of this is committed. */
export interface ImportProgress extends ImportCounts {
  /** The digest of the first record, by which a later run recognises the import. */
  readonly id: string;
  /** How many records are done. */
  readonly records: number;
  /** The digest of all records that are done. */
  readonly digest: string;
  /** Unix milliseconds. */
  readonly updateTime: number;
}

export const noCounts: ImportCounts = { made: 0, present: 0, refused: 0, notes: noNotes };

/** Adds up the counts of two batches. */
export function addCounts(a: ImportCounts, b: ImportCounts): ImportCounts {
  return {
    made: a.made + b.made,
    present: a.present + b.present,
    refused: a.refused + b.refused,
    notes: addNotes(a.notes, Object.entries(b.notes)),
  };
}

/** A digest of the records read so far. */
export interface RecordDigest {
  add(text: string): void;
  /** The digest of all texts added so far. */
  value(): string;
}

/** Makes an empty digest. */
export function newRecordDigest(): RecordDigest {
  const hash = createHash('sha256');
  return {
    add: (text) => void hash.update(text).update('\n'),
    value: () => hash.copy().digest('base64url'),
  };
}
