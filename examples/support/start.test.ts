import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import {
  freePort,
  newFolder,
  runVerb,
  type ServerProcess,
  startServer,
} from '../../packages/server/test/e2e/support/server-process.ts';

const examples = join(import.meta.dirname, '..');

describe('an example that cannot start says why in one sentence', () => {
  const folder = newFolder();
  const other = createServer();
  let server: ServerProcess;
  let settings: Record<string, string>;
  before(async () => {
    const own = { PORT: await freePort(), LATCHKEY_DATA_DIR: folder.path };
    server = await startServer(own, { entry: 'cheap' });
    const { key } = await runVerb(['services', 'add', 'example'], own);
    other.listen(0, 'localhost');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    settings = { ISSUER: server.url, SERVICE_KEY: String(key), PORT: String(port) };
  });
  after(async () => {
    other.close();
    await server.end('SIGKILL');
    folder.remove();
  });

  async function runExample(name: string, env: Record<string, string>) {
    const { PATH = '' } = process.env;
    const child = spawn(process.execPath, [join(examples, name, 'server.ts')], { env: { PATH, ...env } });
    const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, 'close')]);
    return { stderr, code };
  }

  for (const name of ['orders', 'reports', 'live']) {
    it(name, async () => {
      const taken = await runExample(name, settings);
      assert.equal(taken.code, 1, taken.stderr);
      assert.match(taken.stderr, new RegExp(`^${name}: listen EADDRINUSE: .+\\n$`));
      const keyless = await runExample(name, { ...settings, SERVICE_KEY: '' });
      assert.deepEqual(keyless, {
        code: 1,
        stderr: `${name}: SERVICE_KEY is missing: latchkey services add ${name} prints one\n`,
      });
    });
  }
});
