import { readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder } from '../../kernel/make-folder.ts';
import type { KnownLog } from '../../log/known-log.ts';
import type { LogMemory } from '../../sessions/notice-restore.ts';

/** Remembers the log in a file of the data folder. The file is replaced in one step: a crash leaves the old or the new. */
export function createLogMemory(dataDir: string): LogMemory {
  const path = join(dataDir, 'log.json');
  return {
    async load() {
      try {
        return parse(await readFile(path, 'utf8'));
      } catch {
        // The file is missing or damaged, so a restore cannot be noticed.
        return undefined;
      }
    },
    async save({ log, head, last }) {
      makeFolder(dirname(path));
      await writeFile(`${path}.tmp`, JSON.stringify({ log, head, last }), { mode: 0o600 });
      await rename(`${path}.tmp`, path);
    },
  };
}

function parse(text: string): KnownLog | undefined {
  const { log, head, last } = JSON.parse(text) as Partial<KnownLog>;
  if (typeof log !== 'string' || !Number.isSafeInteger(head)) return undefined;
  return { log, head: head!, last: typeof last === 'string' ? last : undefined };
}
