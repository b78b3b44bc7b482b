import { AppError } from '../../../kernel/errors.ts';
import type { Role } from '../sql/held-database.ts';
import { MissingDatabaseError, StoreError } from '../store-error.ts';

/** A StoreError that says which of the two databases it is about. */
export class CopyError extends StoreError {
  override readonly name = 'CopyError';
}

/** Runs the work on one of the databases. What it throws for an operator says which one, unless it does already. */
export async function naming<T>(role: Role, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw nameRole(role, error);
  }
}

/** The error as `naming` throws it. */
export function nameRole(role: Role, error: unknown): unknown {
  if (error instanceof CopyError || error instanceof MissingDatabaseError) return error;
  const [place, at] = role === 'source' ? ['The source', 'LATCHKEY_DATABASE_URL'] : ['The target', '--to'];
  const told = (message: string, cause: unknown) =>
    new CopyError(`${place} (${at}): ${message.replace(/\.?$/, '.')}`, { cause });
  if (error instanceof StoreError) return told(error.message, error.cause);
  if (error instanceof AppError)
    return told(((error.details.cause as Error | undefined) ?? error).message, error);
  return error;
}
