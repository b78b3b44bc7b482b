import assert from 'node:assert/strict';
import { chownSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { newInstallation } from './testing.ts';

const nobody = 65_534;

test('what root makes in the folder of the service belongs to the service', {
  skip: process.getuid?.() !== 0,
}, async () => {
  const { run, dataDir } = newInstallation();
  mkdirSync(dataDir, { mode: 0o700 });
  chownSync(dataDir, nobody, nobody);
  for (const verb of ['migrate', 'keys rotate', 'services add orders']) {
    assert.equal((await run(verb)).exitCode, 0, verb);
    for (const file of readdirSync(dataDir)) {
      const { uid, gid } = statSync(join(dataDir, file));
      assert.deepEqual([uid, gid], [nobody, nobody], `${verb}: ${file}`);
    }
  }
});
