import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import { newFolder } from '../../e2e/support/server-process.ts';

const shim = pathToFileURL(join(import.meta.dirname, 'moved-clock.ts')).href;

/** A wall clock of a process, which can be moved by minutes while it runs. */
export function movable(t: TestContext) {
  const folder = newFolder();
  t.after(() => folder.remove());
  const file = join(folder.path, 'offset');
  const move = (minutes: number) => writeFileSync(file, String(minutes * 60_000));
  move(0);
  return { move, env: { NODE_OPTIONS: `--import=${shim}`, TEST_CLOCK_FILE: file } };
}
