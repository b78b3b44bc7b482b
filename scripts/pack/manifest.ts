import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** As much of a package.json as is read here. */
interface Manifest {
  readonly exports: Readonly<Record<string, string>>;
  readonly devDependencies?: object;
  readonly scripts?: object;
}

/** Only the other packages of the checkout may import this. */
const own = './internal';

/**
 * The package.json that is published: the one of the checkout, with exports that lead to the compiled files instead of
 * the sources, and without what only the checkout needs.
 */
export function publishedManifest(folder: string): object {
  const text = readFileSync(join(folder, 'package.json'), 'utf8');
  const { devDependencies: _, scripts: __, exports, ...rest } = JSON.parse(text) as Manifest;
  const ways = Object.entries(exports)
    .filter(([way]) => way !== own)
    .map(([way, source]) => [way, compiledEntry(source)]);
  return { ...rest, sideEffects: false, exports: Object.fromEntries(ways) };
}

function compiledEntry(source: string): object {
  const module = source.replace(/^\.\/src\/(.*)\.ts$/, './$1');
  if (module === source) throw new Error(`exports name ${source}, which is not compiled`);
  return { types: `${module}.d.ts`, default: `${module}.js` };
}
