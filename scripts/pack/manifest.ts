import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** As much of a package.json as is read here. */
interface Manifest {
  readonly exports?: Readonly<Record<string, string>>;
  readonly private?: boolean;
  readonly devDependencies?: object;
  readonly scripts?: object;
}

/** What the repository says of itself, once for all packages. */
interface Root {
  readonly homepage: string;
  readonly bugs: string;
  readonly repository: object;
}

/**
 * The package.json that is published: the one of the checkout, with exports that lead to the compiled files instead of
 * the sources, without what only the checkout needs, and with where it comes from. `directory` is its folder there.
 */
export function publishedManifest(root: string, directory: string): object {
  const read = (folder: string) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const { homepage, bugs, repository } = read(root) as Root;
  const manifest = read(join(root, directory)) as Manifest;
  const { devDependencies: _, scripts: __, private: ___, exports, ...rest } = manifest;
  const ways = Object.entries(exports ?? {}).map(([way, source]) => [way, compiledEntry(source)]);
  return {
    ...rest,
    homepage,
    bugs,
    repository: { ...repository, directory },
    ...(exports !== undefined && { sideEffects: false, exports: Object.fromEntries(ways) }),
  };
}

function compiledEntry(source: string): object {
  const module = source.replace(/^\.\/src\/(.*)\.ts$/, './$1');
  if (module === source) throw new Error(`exports name ${source}, which is not compiled`);
  return { types: `${module}.d.ts`, default: `${module}.js` };
}
