/** SQLITE_CONSTRAINT_UNIQUE, and the SQLSTATE unique_violation. */
const taken = new Set<unknown>([2067, '23505']);

/** Runs the write and returns its answer; false when another row has the unique key that it needs. */
export async function unlessTaken(write: () => Promise<boolean>): Promise<boolean> {
  try {
    return await write();
  } catch (error) {
    const { errcode, code } = error as { readonly errcode?: unknown; readonly code?: unknown };
    if (taken.has(errcode ?? code)) return false;
    throw error;
  }
}
