import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it, type TestContext } from 'node:test';
import { createApp } from '../../src/app/create-app.ts';
import { loadConfig } from '../../src/config/config.ts';
import { freePort } from '../e2e/support/server-process.ts';

const hashParameters = { memory: 64, passes: 1, parallelism: 1 };

async function configOf(t: TestContext, more: (cwd: string) => Record<string, string>) {
  const cwd = mkdtempSync(join(tmpdir(), 'latchkey-failed-start-'));
  t.after(() => rmSync(cwd, { recursive: true, force: true }));
  const env = {
    HOST: '127.0.0.1',
    PORT: await freePort(),
    LATCHKEY_LOG_LEVEL: 'silent',
    LATCHKEY_HASH_THREADS: '1',
    ...more(cwd),
  };
  return { config: loadConfig(env, { cwd }), database: join(cwd, 'data', 'latchkey.db') };
}

/** SQLite removes its log when the last connection is closed. */
function assertClosed(database: string): void {
  assert.equal(existsSync(database), true);
  assert.equal(existsSync(`${database}-wal`), false);
}

it('a start that fails half way closes what it had opened', async (t) => {
  const { config, database } = await configOf(t, (cwd) => {
    const templates = join(cwd, 'templates', 'en');
    mkdirSync(templates, { recursive: true });
    writeFileSync(join(templates, 'no-such-mail.txt'), 'Subject\n\nText\n');
    return {
      LATCHKEY_SMTP_URL: 'smtp://127.0.0.1:9',
      LATCHKEY_MAIL_TEMPLATES: join(cwd, 'templates'),
    };
  });
  await assert.rejects(createApp(config, { hashParameters }), { name: 'TemplateError' });
  assertClosed(database);
});

it('a service whose port is taken closes everything', async (t) => {
  const { config, database } = await configOf(t, () => ({}));
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(config.port, config.host, resolve));
  t.after(() => other.close());
  const app = await createApp(config, { hashParameters });
  assert.equal(existsSync(`${database}-wal`), true);
  await assert.rejects(app.listen(), { code: 'EADDRINUSE' });
  assertClosed(database);
});
