import { randomUUID } from 'node:crypto';
import { type FileHandle, link, open, rename, stat, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeFolder } from '../../kernel/make-folder.ts';
import { KeyError, type KeyStorage } from './key-storage.ts';

/** Longer than any write takes: whoever holds the lock for so long was killed. */
const lockTimeout = 5000;

/** Keys in a file that only its owner can read, replaced in one step, so that a crash leaves the old or the new. */
export function createKeyFile(path: string): KeyStorage {
  return {
    load: () =>
      explained(path, async () => {
        const file = await openExisting(path);
        try {
          const found = await file?.stat({ bigint: true });
          if (file === undefined || found === undefined) return undefined;
          if ((Number(found.mode) & 0o077) !== 0) {
            throw new KeyError(`Others can read the keys in ${path}: run chmod 600 on it.`);
          }
          return { text: await file.readFile('utf8'), version: versionOf(found) };
        } finally {
          await file?.close();
        }
      }),
    version: () => explained(path, async () => versionOf(await stat(path, { bigint: true }).catch(absent))),
    save: (text, expected) =>
      explained(path, async () => {
        makeFolder(dirname(path));
        return expected === undefined
          ? create(path, text)
          : locked(path, () => replace(path, text, expected));
      }),
  };
}

async function openExisting(path: string): Promise<FileHandle | undefined> {
  return open(path, 'r').catch(absent);
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

function versionOf(found: { ino: bigint; mtimeNs: bigint; size: bigint }): string;
function versionOf(found: { ino: bigint; mtimeNs: bigint; size: bigint } | undefined): string | undefined;
function versionOf(found: { ino: bigint; mtimeNs: bigint; size: bigint } | undefined): string | undefined {
  return found && `${found.ino}-${found.mtimeNs}-${found.size}`;
}

/** A link is made only where nothing is: of two processes that start at once one wins, and the file is whole. */
async function create(path: string, text: string): Promise<boolean> {
  return written(path, text, async (temporary) => {
    try {
      await link(temporary, path);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
  });
}

async function replace(path: string, text: string, expected: string): Promise<boolean> {
  if (versionOf(await stat(path, { bigint: true }).catch(absent)) !== expected) return false;
  return written(path, text, async (temporary) => {
    await rename(temporary, path);
    return true;
  });
}

async function written(
  path: string,
  text: string,
  put: (temporary: string) => Promise<boolean>,
): Promise<boolean> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await synced(temporary, 'wx', (file) => file.writeFile(text));
    const done = await put(temporary);
    await synced(dirname(path), 'r');
    return done;
  } finally {
    await unlink(temporary).catch(absent);
  }
}

async function synced(
  path: string,
  flags: string,
  work?: (file: FileHandle) => Promise<void>,
): Promise<void> {
  const file = await open(path, flags, 0o600);
  try {
    await work?.(file);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function locked<T>(path: string, work: () => Promise<T>): Promise<T> {
  const lock = `${path}.lock`;
  for (let waited = 0; !(await taken(lock)); waited += 20) {
    if (waited >= lockTimeout) await unlink(lock).catch(absent);
    else await sleep(20);
  }
  try {
    return await work();
  } finally {
    await unlink(lock).catch(absent);
  }
}

async function taken(lock: string): Promise<boolean> {
  try {
    await (await open(lock, 'wx', 0o600)).close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function explained<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof KeyError || code === undefined) throw error;
    throw new KeyError(
      `The keys in ${path} cannot be read or written (${code}): its folder must be there, or be one that this user can make.`,
      { cause: error },
    );
  }
}
