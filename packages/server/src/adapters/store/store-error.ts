/** Why a database cannot be opened or migrated, in one sentence for the operator. Shows no password. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}
