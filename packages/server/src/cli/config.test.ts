import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newInstallation } from './testing.ts';

test('config shows what counts, where it is from, and no secret', async () => {
  const { run } = newInstallation({
    LATCHKEY_MASTER_KEY: '00112233445566778899aabbccddeeff'.repeat(2),
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

test('config and doctor name the variables that do not count, without their values', async () => {
  const { run } = newInstallation({
    LATCHKEY_SMTP_URL: '',
    LATCHKEY_SERVICE_HOST: '10.43.7.11',
    LATCHKEY_PORT: 'tcp://10.43.7.11:80',
  });
  const told = [
    'Empty, so not set: LATCHKEY_SMTP_URL.',
    'Left alone, as Kubernetes or Docker made them: LATCHKEY_SERVICE_HOST, LATCHKEY_PORT.',
  ];
  const shown = JSON.parse((await run('config --json')).stdout) as {
    settings: { name: string; source: string }[];
    ignored: string[];
  };
  assert.deepEqual(shown.ignored, told);
  assert.equal(shown.settings.find(({ name }) => name === 'LATCHKEY_SMTP_URL')!.source, 'default');
  const { checks } = JSON.parse((await run('doctor --json')).stdout) as {
    checks: { name: string; message: string }[];
  };
  assert.deepEqual(
    checks.filter(({ name }) => name === 'environment').map(({ message }) => message),
    told,
  );
});
