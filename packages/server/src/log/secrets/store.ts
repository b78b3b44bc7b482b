/** A secret as it is kept. */
export interface StoredSecret {
  /** Counts the writes, from 1. */
  readonly version: number;
  /** Encrypted by whoever put it there: the database never sees a secret. */
  readonly value: string;
}

export interface SecretReader {
  find(name: string): Promise<StoredSecret | undefined>;
}

export interface SecretStore extends SecretReader {
  /**
   * Puts the value if the secret still has that version; `undefined` means that there must not be one yet. False when
   * another process was first.
   */
  put(name: string, value: string, expectedVersion: number | undefined): Promise<boolean>;
}
