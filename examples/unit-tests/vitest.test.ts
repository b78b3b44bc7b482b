import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { installInto } from '../../scripts/install.ts';

test('vitest runs the example', () => {
  const cwd = join(import.meta.dirname, 'vitest');
  installInto(cwd);
  const program = join(cwd, 'node_modules/vitest/vitest.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'run'], { cwd, encoding: 'utf8' });
  assert.equal(status, 0, stdout + stderr);
  assert.match(stripVTControlCharacters(stdout), /Tests +2 passed/);
});
