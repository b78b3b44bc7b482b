/**
 * `npm run docs`: makes the pages of docs/ that follow from the code. With `--check` it writes nothing, names the pages
 * that are stale, and exits with 1 when there are any.
 */
import { writeFile } from 'node:fs/promises';
import { makePages, readPage } from './docs/pages.ts';

const check = process.argv.includes('--check');
let stale = 0;
for (const { path, text } of await makePages()) {
  if ((await readPage(path)) === text) continue;
  stale += 1;
  if (check) console.log(`stale: ${path}`);
  else {
    await writeFile(path, text);
    console.log(`wrote ${path}`);
  }
}
if (stale === 0) console.log('The generated pages are up to date.');
else if (check) {
  console.log('Run `npm run docs` and commit what it writes.');
  process.exitCode = 1;
}
