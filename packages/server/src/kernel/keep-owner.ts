import { fchownSync, statSync } from 'node:fs';

/**
 * Gives a file that root has just made to the owner of its folder: what an operator does as root must not shut the
 * server out of its own data. The file must have been made with the flag `x`, which follows no link, so that nobody can
 * be given another file.
 */
export function keepOwner(made: number, folder: string): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(folder);
  if (uid !== 0) fchownSync(made, uid, gid);
}
