import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';

const run = join(import.meta.dirname, 'run.ts');

/** Starts the demo with a temporary folder of its own, to see what it leaves there. */
function startDemo(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-demo-test-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const demo = spawn(process.execPath, [run], { env: { ...process.env, TMPDIR: folder } });
  let output = '';
  const waiting = new Set<() => void>();
  for (const stream of [demo.stdout, demo.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk;
      for (const look of waiting) look();
    });
  }
  return {
    demo,
    output: () => output,
    ended: once(demo, 'close').then(([code]) => code as number | null),
    said: (text: string) =>
      new Promise<void>((resolve) => {
        const look = () => void (output.includes(text) && resolve());
        waiting.add(look);
        look();
      }),
    async assertNothingLeft() {
      // Node's compile cache stays on purpose: the next run uses it.
      assert.deepEqual(
        readdirSync(folder).filter((name) => name !== 'node-compile-cache'),
        [],
      );
      for (const [url] of output.matchAll(/http:\/\/localhost:\d+/g)) {
        await assert.rejects(fetch(url), `${url} still answers`);
      }
    },
  };
}

describe('the demo', () => {
  it('tells the story, ends with 0 and leaves nothing behind', async (t) => {
    const { output, ended, assertNothingLeft } = startDemo(t);
    assert.equal(await ended, 0, output());
    for (const service of ['orders', 'reports']) {
      assert.match(output(), new RegExp(`${service} +200 .*ms a call`));
      assert.match(output(), new RegExp(`${service} +401 +\\d{1,3} ms after`));
    }
    assert.ok(output().trim().split('\n').length < 25, output());
    await assertNothingLeft();
  });

  it('leaves nothing behind when it is interrupted', async (t) => {
    const { demo, output, ended, said, assertNothingLeft } = startDemo(t);
    await Promise.race([said('The service orders'), ended]);
    demo.kill('SIGINT');
    assert.equal(await ended, 130, output());
    await assertNothingLeft();
  });
});
