import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';

const root = join(import.meta.dirname, '../../../..');
const folder = mkdtempSync(join(tmpdir(), 'latchkey-old-node-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** What starts the product. Everything else is started by npm, which finds the right Node. */
const entries = ['packages/server/src/main.ts', 'packages/server/bin/latchkey.js'];

/** A Node of that version, which npm brings. */
function findNode(version: number): string {
  const home = join(folder, String(version));
  const args = ['install', '--no-audit', '--no-fund', '--prefix', home, `node@${version}`];
  const { status, stderr } = spawnSync('npm', args, { cwd: folder, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return join(home, 'node_modules/.bin/node');
}

describe('a Node that is too old', () => {
  for (const version of [18, 20, 22]) {
    it(`${version} is told so in one sentence, whatever it is to start`, { timeout: 120_000 }, () => {
      const node = findNode(version);
      for (const path of entries) {
        const { status, stdout, stderr } = spawnSync(node, [join(root, path)], { encoding: 'utf8' });
        assert.deepEqual([status, stdout], [2, ''], `${path}: ${stderr}`);
        assert.match(
          stderr,
          new RegExp(`^Latchkey needs Node 26 or later, and .+ is ${version}\\.[^\\n]+\\n$`),
        );
      }
    });
  }
});

it('npm start starts such an entry', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  assert.ok(entries.some((path) => scripts.start!.includes(`${path} `)));
});
