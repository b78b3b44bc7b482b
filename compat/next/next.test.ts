import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Serve, testAdapter } from '../../packages/verify/test/adapter-table.ts';
import { testBrowser } from './browser.ts';
import { testPages } from './pages.ts';
import { buildApp } from './stand.ts';

const here = import.meta.dirname;

/** The part of Next.js that is used here: it is not installed where types are checked. */
interface NextServer {
  prepare(): Promise<void>;
  getRequestHandler(): RequestListener;
  close(): Promise<void>;
}

let app: NextServer;

before(async () => {
  buildApp();
  Object.assign(process.env, { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' });
  const next = createRequire(import.meta.url)('next') as (options: object) => NextServer;
  app = next({ dev: false, dir: here });
  await app.prepare();
});
after(() => app.close());

/** Puts the verifier of a case where lib/latchkey.ts looks for the one it made. */
const serve: Serve = (verifier) => {
  Object.assign(globalThis, { latchkey: verifier });
  return app.getRequestHandler();
};

// Node joins no second Authorization field to the first, and Next.js hands on what Node makes of the fields.
testAdapter('Next.js', serve, { firstAuthorization: true });
testPages();
testBrowser();

test('Next.js: the code in the docs is that of this app', () => {
  const page = readFileSync(join(here, '../../docs/embed-the-verifier.md'), 'utf8');
  const [, section = ''] = /\n## Next\.js\n(.*?)\n## /s.exec(page) ?? [];
  const blocks = [...section.matchAll(/```tsx?\n\/\/ (\S+)\n(.*?)```/gs)];
  assert.ok(blocks.length >= 4);
  for (const [, name = '', code] of blocks)
    assert.equal(code, readFileSync(join(here, 'src', name), 'utf8'), name);
});
