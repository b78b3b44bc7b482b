/**
 * `npm run pack [-- FOLDER]`: makes the packages that others install, by default in packages/<name>/dist. Node strips no
 * types below node_modules, and npm ignores publishConfig.exports. So each package is compiled into a dist/ with a
 * package.json of its own, and packed from there. To publish, `npm publish` the files that it prints.
 */
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { packages, packPackage } from './pack/pack-package.ts';

const folder = process.argv[2] === undefined ? undefined : resolve(process.argv[2]);
if (folder !== undefined) mkdirSync(folder, { recursive: true });
for (const name of packages) {
  const { file, size, files } = packPackage(name, folder);
  console.log(`${file}  ${(size / 1024).toFixed(1)} KiB packed, ${files.length} files`);
}
