import { randomUUID } from 'node:crypto';
import { type FileHandle, link, open, rename, stat, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { keepOwner } from '../../kernel/keep-owner.ts';
import { makeFolder } from '../../kernel/make-folder.ts';
import { KeyError, type KeyStorage } from './key-storage.ts';

/** Longer than any write takes: a process that holds the lock for longer was killed. Milliseconds. */
const lockTimeout = 5000;

/** Keys in a file that only its owner can read. It is replaced in one step: a crash leaves the old or the new. */
export function createKeyFile(path: string): KeyStorage {
  return {
    load: () =>
      explainErrors(path, async () => {
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
    version: () =>
      explainErrors(path, async () => versionOf(await stat(path, { bigint: true }).catch(ignoreMissing))),
    save: (text, expected) =>
      explainErrors(path, async () => {
        makeFolder(dirname(path));
        return expected === undefined
          ? createWhole(path, text)
          : withLock(path, () => replace(path, text, expected));
      }),
  };
}

async function openExisting(path: string): Promise<FileHandle | undefined> {
  return open(path, 'r').catch(ignoreMissing);
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

function versionOf(found: { ino: bigint; mtimeNs: bigint; size: bigint }): string;
function versionOf(found: { ino: bigint; mtimeNs: bigint; size: bigint } | undefined): string | undefined;
function versionOf(found: { ino: bigint; mtimeNs: bigint; size: bigint } | undefined): string | undefined {
  return found && `${found.ino}-${found.mtimeNs}-${found.size}`;
}

/** A link is only made where nothing is: of two processes that start at once, one wins, with a whole file. */
async function createWhole(path: string, text: string): Promise<boolean> {
  return writeDurably(path, text, async (temporary) => {
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
  if (versionOf(await stat(path, { bigint: true }).catch(ignoreMissing)) !== expected) return false;
  return writeDurably(path, text, async (temporary) => {
    await rename(temporary, path);
    return true;
  });
}

/** Writes a temporary file, lets `put` move it into place, and returns when all of it is on disk. */
async function writeDurably(
  path: string,
  text: string,
  put: (temporary: string) => Promise<boolean>,
): Promise<boolean> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await openAndSync(temporary, 'wx', (file) => {
      keepOwner(file.fd, dirname(path));
      return file.writeFile(text);
    });
    const done = await put(temporary);
    await openAndSync(dirname(path), 'r');
    return done;
  } finally {
    await unlink(temporary).catch(ignoreMissing);
  }
}

async function openAndSync(
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

async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const lock = `${path}.lock`;
  for (let waited = 0; !(await tryLock(lock)); waited += 20) {
    if (waited >= lockTimeout) await unlink(lock).catch(ignoreMissing);
    else await sleep(20);
  }
  try {
    return await work();
  } finally {
    await unlink(lock).catch(ignoreMissing);
  }
}

async function tryLock(lock: string): Promise<boolean> {
  try {
    await (await open(lock, 'wx', 0o600)).close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function explainErrors<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof KeyError || code === undefined) throw error;
    throw new KeyError(
      `The keys in ${path} cannot be read or written (${code}): let this user read and write the file and its folder.`,
      { cause: error },
    );
  }
}
