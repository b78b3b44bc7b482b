import { access, constants, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Check } from './check.ts';

const mebibyte = 1024 * 1024;
/** With less free space, a database soon cannot be written. MiB. */
const [leastSpace, fairSpace] = [64, 512];

/** Whether this user can use the data folder, others cannot write to it, and the disk has space. */
export async function checkFolder(dataDir: string): Promise<Check[]> {
  return [await checkAccess(dataDir), await checkSpace(dataDir)];
}

async function checkAccess(dataDir: string): Promise<Check> {
  const name = 'data folder';
  const found = await stat(dataDir).catch(() => undefined);
  if (found === undefined) {
    const above = await existingFolder(dataDir);
    return (await isUsable(above))
      ? { name, result: 'ok', message: 'There is none yet: the first start creates it.' }
      : {
          name,
          result: 'failed',
          message: `There is none yet, and this user cannot create it: ${above} cannot be written.`,
        };
  }
  if (!(await isUsable(dataDir)))
    return { name, result: 'failed', message: `This user cannot read and write ${dataDir}.` };
  return (found.mode & 0o022) !== 0
    ? { name, result: 'warning', message: `Other users can write to ${dataDir}: run chmod 700 on it.` }
    : { name, result: 'ok', message: `${dataDir} is readable and writable.` };
}

async function isUsable(folder: string): Promise<boolean> {
  const usable = access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  return usable.then(
    () => true,
    () => false,
  );
}

async function checkSpace(dataDir: string): Promise<Check> {
  const name = 'disk space';
  try {
    const { bavail, bsize } = await statfs(await existingFolder(dataDir));
    const free = Math.floor((bavail * bsize) / mebibyte);
    const message = `${free} MiB are free at ${dataDir}.`;
    return { name, result: free < leastSpace ? 'failed' : free < fairSpace ? 'warning' : 'ok', message };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { name, result: 'warning', message: `The free space at ${dataDir} is not known (${code}).` };
  }
}

/** The folder, or the nearest one above it that exists. */
async function existingFolder(folder: string): Promise<string> {
  const found = await stat(folder).catch(() => undefined);
  return found !== undefined || dirname(folder) === folder ? folder : existingFolder(dirname(folder));
}
