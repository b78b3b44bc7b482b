import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import type { RequestListener } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { type Serve, testAdapter } from '../../packages/verify/test/adapter-table.ts';
import { installInto } from '../../scripts/install.ts';
import { buildPackage } from '../../scripts/pack/pack-package.ts';

const here = import.meta.dirname;

/** The part of Next.js that is used here: it is not installed where types are checked. */
interface NextServer {
  prepare(): Promise<void>;
  getRequestHandler(): RequestListener;
  close(): Promise<void>;
}

let app: NextServer;

before(async () => {
  installInto(here);
  buildPackage('verify', join(here, 'node_modules/@latchkey/verify'));
  Object.assign(process.env, { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' });
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(here, 'node_modules/next/dist/bin/next'), 'build'],
    { cwd: here, encoding: 'utf8' },
  );
  assert.equal(status, 0, stdout + stderr);
  const next = createRequire(import.meta.url)('next') as (options: object) => NextServer;
  app = next({ dev: false, dir: here });
  await app.prepare();
});
after(() => app.close());

const serve: Serve = (verifier) => {
  Object.assign(globalThis, { latchkey: verifier });
  return app.getRequestHandler();
};

// Node joins no second Authorization field to the first, and Next.js hands on what Node makes of the fields.
testAdapter('Next.js', serve, { firstAuthorization: true });
