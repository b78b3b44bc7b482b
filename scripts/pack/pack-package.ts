import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { publishedManifest } from './manifest.ts';

const root = join(import.meta.dirname, '../..');

/** The packages that are published. */
export const packages = ['verify', 'client', 'server'] as const;

/** A file that `npm install` takes. */
export interface Packed {
  readonly file: string;
  /** Bytes. */
  readonly size: number;
  readonly files: readonly string[];
}

/**
 * Compiles a package and packs it: into its own dist/, or into a folder of that name in `folder`, with the file beside
 * it. Throws an Error with what went wrong.
 */
export function packPackage(name: (typeof packages)[number], folder?: string): Packed {
  const dist = folder === undefined ? join(root, 'packages', name, 'dist') : join(folder, name);
  buildPackage(name, dist);
  const destination = folder ?? dist;
  const out = run('npm', ['pack', '--json', '--pack-destination', destination], dist);
  const [packed] = Object.values(JSON.parse(out)) as {
    filename: string;
    size: number;
    files: { path: string }[];
  }[];
  if (packed === undefined) throw new Error(`npm pack says nothing of ${name}`);
  const files = packed.files.map(({ path }) => path);
  return { file: join(destination, packed.filename), size: packed.size, files };
}

/** Generates what the package's sources lack, and compiles it into a folder, which is emptied before. Throws an Error with what went wrong. */
export function buildPackage(name: (typeof packages)[number], dist: string): void {
  const home = join(root, 'packages', name);
  rmSync(dist, { recursive: true, force: true });
  const generate = join(home, 'scripts/generate.ts');
  if (existsSync(generate)) run(process.execPath, [generate], home);
  run(join(root, 'node_modules/.bin/tsc'), ['-p', 'tsconfig.build.json', '--outDir', dist], home);
  for (const file of globSync('**/*.d.ts', { cwd: dist })) {
    const path = join(dist, file);
    // The compiler keeps `.ts` in these imports, and some tools then do not find the declarations.
    const text = readFileSync(path, 'utf8').replace(/(['"]\.{1,2}\/[^'"]+)\.ts(['"])/g, '$1.js$2');
    writeFileSync(path, text);
  }
  writeFileSync(
    join(dist, 'package.json'),
    `${JSON.stringify(publishedManifest(root, `packages/${name}`), null, 2)}\n`,
  );
  copyOthers(home, dist);
  copyFileSync(join(home, 'README.md'), join(dist, 'README.md'));
  copyFileSync(join(root, 'LICENSE'), join(dist, 'LICENSE'));
}

/** Copies what a package holds beside its modules: its commands, and files that it reads. */
function copyOthers(home: string, dist: string): void {
  const isModule = /\.(?:ts|json)$/;
  for (const file of globSync('src/**/*.*', { cwd: home })) {
    // A compiled module of the same name must not be replaced.
    if (!isModule.test(file))
      cpSync(join(home, file), join(dist, file), { errorOnExist: true, force: false });
  }
  for (const file of globSync('bin/*.js', { cwd: home })) {
    const text = readFileSync(join(home, file), 'utf8').replace(
      /(['"]\.\.\/src\/[^'"]+)\.ts(['"])/g,
      '$1.js$2',
    );
    mkdirSync(join(dist, 'bin'), { recursive: true });
    writeFileSync(join(dist, file), text, { mode: 0o755 });
  }
}

function run(program: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  if (status === 0) return stdout;
  throw new Error(`${program} ${args.join(' ')} failed: ${error?.message ?? stdout + stderr}`);
}
