import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { it } from 'node:test';

it('the story of a team is told to its end', async () => {
  const story = spawn(process.execPath, [join(import.meta.dirname, 'run.ts')]);
  let output = '';
  for (const stream of [story.stdout, story.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk;
    });
  }
  const [code] = await once(story, 'close');
  assert.equal(code, 0, output);
  assert.match(output, /Ben leaves\. On the site are Ada and Cleo\./);
});
