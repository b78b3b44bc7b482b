import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { differencesOf } from './tree.ts';

const root = mkdtempSync(join(tmpdir(), 'latchkey-tree-'));
mkdirSync(join(root, 'src/log/services'), { recursive: true });
mkdirSync(join(root, 'src/kernel'));
writeFileSync(join(root, 'src/main.ts'), '');

const tree = (...lines: string[]) => ['```text', 'src/', ...lines, '```'].join('\n');

test('a tree that shows what is there has no difference', () => {
  const page = tree(
    '  main.ts     starts',
    '  log/        the log',
    '              and more',
    '    services/',
    '  kernel/',
  );
  assert.deepEqual(differencesOf(page, 'src', root), []);
});

test('what is missing in the tree is told, at both depths', () => {
  assert.deepEqual(differencesOf(tree('  main.ts', '  log/'), 'src', root).sort(), [
    'the tree does not show kernel/ in src',
    'the tree does not show services/ in src/log/',
  ]);
});

test('what is not there any more is told', () => {
  const page = tree('  main.ts', '  log/', '    services/  keys/', '  kernel/', '  store/');
  assert.deepEqual(differencesOf(page, 'src', root).sort(), [
    'the tree shows keys/ in src/log/, which is not there',
    'the tree shows store/ in src, which is not there',
  ]);
});

test('a page without a tree shows nothing', () => {
  assert.ok(differencesOf('', 'src', root).length >= 3);
});
