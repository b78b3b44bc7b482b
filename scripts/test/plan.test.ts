import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { closingLines } from './counts.ts';
import { planRuns } from './plan.ts';

const root = mkdtempSync(join(tmpdir(), 'latchkey-plan-'));
after(() => rmSync(root, { recursive: true, force: true }));
const server = 'packages/server/test';
const shared = ['api/sites/a', 'api/sites/b', 'stores/c', 'surface/d'].map(
  (name) => `${server}/${name}.test.ts`,
);
const alone = [`${server}/e2e/f.test.ts`, 'packages/verify/src/g.test.ts', 'scripts/h.test.ts'];
for (const file of [...shared, ...alone, 'packages/server/node_modules/x/test/i.test.ts']) {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), '');
}

test('each file is in one run: those that start the service share two processes, others have their own', () => {
  const { sideBySide, last } = planRuns([], root);
  assert.deepEqual(
    sideBySide.map(({ files }) => files.length),
    [2, 2],
  );
  assert.deepEqual(sideBySide.flatMap(({ files }) => files).sort(), shared);
  assert.ok(sideBySide.every((run) => run.shared) && !last.shared);
  assert.deepEqual([...last.files].sort(), [...alone].sort());
});

test('given files and patterns are run and nothing else, each file once', () => {
  const { sideBySide, last } = planRuns([shared[0]!, `${server}/api/**/*.test.ts`], root);
  assert.deepEqual(
    sideBySide.map(({ files }) => files),
    [[shared[0]], [shared[1]]],
  );
  assert.deepEqual(last.files, []);
});

test('a file that is not there is an error, not a run of nothing', () => {
  assert.throws(() => planRuns(['scripts/none.test.ts'], root), /There is no scripts\/none\.test\.ts/);
  assert.throws(() => planRuns([shared[0]!, 'none/*.test.ts'], root), /There is no none/);
});

test('the closing lines add up, and a failure of any run shows', () => {
  const run = (failed: number) => ({
    counts: { tests: 3, suites: 1, passed: 3 - failed, failed, cancelled: 0, skipped: 0, todo: 0 },
    duration_ms: 5,
  });
  assert.equal(
    closingLines([run(1), run(0)], 7),
    'ℹ tests 6\nℹ suites 2\nℹ pass 5\nℹ fail 1\nℹ cancelled 0\nℹ skipped 0\nℹ todo 0\nℹ duration_ms 7',
  );
});
