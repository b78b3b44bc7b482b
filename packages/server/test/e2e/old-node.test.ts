import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { globSync, lstatSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';

const root = join(import.meta.dirname, '../../../..');
const folder = mkdtempSync(join(tmpdir(), 'latchkey-old-node-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Everything that a person starts with `node <path>`: the links to the entry, and the command. */
const entries = [
  ...globSync('{bench,examples,packages,scripts}/**/*.ts', {
    cwd: root,
    exclude: ['**/node_modules/**'],
  }).filter((path) => lstatSync(join(root, path)).isSymbolicLink()),
  'packages/server/bin/latchkey.js',
];

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
      assert.ok(entries.length > 12, `only ${entries}`);
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

it('what npm and the docs start is such an entry', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const started = Object.values(scripts).flatMap((line) => [...line.matchAll(/\bnode (?:--\S+ )*(\S+)/g)]);
  assert.ok(started.length > 8);
  for (const [, path] of started) {
    assert.ok(entries.includes(path!) || path!.endsWith('.js'), `${path} is no entry that any Node can read`);
  }
});
