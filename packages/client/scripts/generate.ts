/**
 * Makes src/generated/api.ts. `npm ci` does so through prepare.js; `npm run check` and `npm run pack` do it again, so
 * that they see the routes as they are now.
 */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeApiTypes } from './api-types.ts';

const folder = join(import.meta.dirname, '../src/generated');
const file = join(folder, 'api.ts');
const text = await makeApiTypes();
// A file that stays as it is wakes no editor and no watcher.
if ((await readFile(file, 'utf8').catch(() => undefined)) !== text) {
  await mkdir(folder, { recursive: true });
  // Renamed into place, because others may read it meanwhile.
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, text);
  await rename(draft, file);
}
