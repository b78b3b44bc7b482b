import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  exports: Record<string, string>;
};

/** The size of an entry point in bytes, bundled with all that it needs and minified. */
async function sizeOf(way: string): Promise<number> {
  const { outputFiles } = await build({
    entryPoints: [join(root, exports[way]!)],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    write: false,
  });
  return outputFiles[0]!.contents.length;
}

test('the verifier is smaller than 40 KiB, minified', async (context) => {
  for (const way of Object.keys(exports)) {
    context.diagnostic(`${`@latchkey/verify${way.slice(1)}`.padEnd(26)} ${await sizeOf(way)} bytes`);
  }
  assert.ok((await sizeOf('.')) < 40 * 1024);
});
