import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newInstallation } from './testing.ts';

test('config shows what counts, where it is from, and no secret', async () => {
  const { run } = newInstallation({
    LATCHKEY_MASTER_KEY: 'ab'.repeat(32),
    LATCHKEY_DATABASE_URL: 'postgres://user:hunter2@db.example/latchkey?password=hunter2',
    LATCHKEY_SESSION_IDLE: '90',
    LATCHKEY_PASSWORD_MIN_LENGTH: '8',
  });
  const { exitCode, stdout } = await run('config --json');
  assert.equal(exitCode, 0);
  assert.ok(!stdout.includes('hunter2') && !stdout.includes('abab'));
  const { settings, warnings } = JSON.parse(stdout) as {
    settings: { name: string; value: string | null; source: string }[];
    warnings: string[];
  };
  const row = (name: string) => settings.find((variable) => variable.name === name);
  assert.deepEqual(row('LATCHKEY_MASTER_KEY'), {
    name: 'LATCHKEY_MASTER_KEY',
    value: '***',
    source: 'environment',
  });
  assert.equal(row('LATCHKEY_DATABASE_URL')!.value, 'postgres://***@db.example/latchkey?***');
  assert.equal(row('LATCHKEY_SESSION_IDLE')!.value, '90s');
  assert.deepEqual(row('LATCHKEY_TOKEN_TTL'), { name: 'LATCHKEY_TOKEN_TTL', value: '5m', source: 'default' });
  assert.equal(row('LATCHKEY_REDIS_URL')!.value, null);
  assert.equal(warnings.length, 1);
  assert.match((await run('config')).stdout, /^LATCHKEY_SESSION_IDLE=90s {2}# environment$/m);
});
