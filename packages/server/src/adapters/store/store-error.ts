/**
 * Why a database cannot be opened or migrated, in one sentence for the operator. Shows no password. The
 * cause is UNAVAILABLE where a later try may succeed.
 */
export class StoreError extends Error {
  override readonly name: string = 'StoreError';
}

/** There is no database, or it has no tables of Latchkey. */
export class MissingDatabaseError extends StoreError {
  override readonly name = 'MissingDatabaseError';

  /** `place` is where it was looked for, without a password. */
  constructor(place: string) {
    super(
      `There is no database of Latchkey at ${place}, which LATCHKEY_DATABASE_URL names. The first start of the server creates it.`,
    );
  }
}
