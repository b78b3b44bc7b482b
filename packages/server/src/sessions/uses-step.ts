/**
 * By how much the stored use of a session may be older than its last one before it is worth a write: a minute, or a tenth
 * of the idle limit where that is shorter. Milliseconds.
 */
export function usesAccuracy(sessionIdle: number): number {
  return Math.min(60_000, Math.floor(sessionIdle / 10));
}

/** The time between two stored uses of one session: a hundredth of the idle limit, at least the accuracy. Milliseconds. */
export function usesStep(sessionIdle: number): number {
  return Math.max(usesAccuracy(sessionIdle), Math.floor(sessionIdle / 100));
}
