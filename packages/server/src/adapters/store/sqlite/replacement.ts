import type { Readers } from '../../../kernel/context.ts';
import { unavailable } from './errors.ts';
import type { FileState } from './file-guard.ts';
import { type OpenFile, openFile, refusingStores } from './open-file.ts';

/** A file that is opened again when it is replaced. */
export interface ReplaceableFile {
  /** As it is open now. */
  readonly current: OpenFile;
  /** Reads what is open now; UNAVAILABLE while the file at the path is not the one that is open. */
  readonly read: Readers;
  /** Throws UNAVAILABLE unless the file at the path is the one that is open. */
  check(): void;
  /** Opens the file at the path, where it is another one. Call it often. */
  look(): void;
}

const happened: Readonly<Record<Exclude<FileState, 'same'>, string>> = {
  gone: 'is not at its path any more',
  other: 'was replaced by another file',
  overwritten: 'was overwritten',
};

/** Who is told of what happens to the file. */
export interface FileListener {
  /** Is called with a sentence for the operator. */
  warn(sentence: string): void;
  /** The file is served again, and may be another one. Is called before anything is read from it. */
  onServe(): void;
}

/** Opens the file. Throws StoreError. */
export function openReplaceable(
  file: string,
  lockTimeout: number,
  { warn, onServe }: FileListener,
): ReplaceableFile {
  let current = openFile(file, lockTimeout);
  const read: Readers = { ...current.read };
  let refusing = false;
  let opening = false;
  let failure: string | undefined;

  function inspect(): FileState {
    const state = current.guard.look();
    if (state !== 'same' && !refusing) {
      refusing = true;
      Object.assign(read, refusingStores());
      warn(`The database ${file} ${happened[state]}. Nothing is served until the file there can be opened.`);
    }
    return state;
  }

  async function open(state: FileState): Promise<void> {
    opening = true;
    try {
      // After the transaction that may be under way. Its commit is not acknowledged.
      await current.kysely.connection().execute(async () => {
        current.guard.makeWay(() => {
          // Whoever moved the old file away may want it with everything that was written.
          if (state === 'other') attempt(() => current.checkpoint());
          current.close();
        });
      });
      const next = openFile(file, lockTimeout);
      try {
        await next.read.log.state();
      } catch (error) {
        next.close();
        throw error;
      }
      current = next;
      serve();
    } catch (error) {
      const { message, cause } = error as Error;
      const reason = cause instanceof Error ? cause.message : message;
      if (reason !== failure) warn(`The file that is now at ${file} cannot be used: ${reason}.`);
      failure = reason;
    } finally {
      opening = false;
    }
  }

  function serve(): void {
    Object.assign(read, current.read);
    refusing = false;
    failure = undefined;
    warn(`The file that is now at ${file} is served.`);
    onServe();
  }

  return {
    get current() {
      return current;
    },
    read,
    check() {
      inspect();
      if (refusing) throw unavailable(new Error(`the database ${file} is not the file that was opened`));
    },
    look() {
      const state = inspect();
      if (!refusing || opening || state === 'gone') return;
      // The file came back as it was.
      if (state === 'same' && failure === undefined) serve();
      else if (current.guard.isAtRest()) void open(state);
    },
  };
}

function attempt(work: () => void): void {
  try {
    work();
  } catch {
    // The file may be gone, and its disk with it.
  }
}
