import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import { newInstallation } from '../cli/testing.ts';
import { loadConfig } from './config.ts';

const names = [
  ['LATCHKEY_SESSION_RETENTION', 'sessionRetention', '1m'],
  ['LATCHKEY_MAIL_RETENTION', 'mailRetention', '1d'],
  ['LATCHKEY_IMPORT_RETENTION', 'importRetention', '1d'],
] as const;
const load = (name: string, value: string) => loadConfig({ [name]: value }, { cwd: tmpdir() });

for (const [name, key, least] of names) {
  test(`${name} has bounds, and forever is a word`, async () => {
    assert.equal(load(name, '400d')[key], 400 * 86_400_000);
    assert.equal(load(name, least)[key], least === '1m' ? 60_000 : 86_400_000);
    assert.equal(load(name, 'forever')[key], Number.POSITIVE_INFINITY);
    for (const value of ['0', '59s', '3651d', '-1', 'never', 'Infinity', '1y', 'forever '.repeat(2)])
      assert.throws(() => load(name, value), new RegExp(`${name} must be`), value);
    assert.throws(() => load(name, '0'), /must be between 1[md] and 3650d, or forever/);

    const { run } = newInstallation({ [name]: 'forever' });
    assert.match((await run('config')).stdout, new RegExp(`^${name}=forever  # environment$`, 'm'));
  });
}
