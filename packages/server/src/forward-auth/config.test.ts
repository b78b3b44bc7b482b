import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configVariables, loadConfig } from '../config/config.ts';
import { ConfigError } from '../config/read.ts';
import { forwardAuthVariables, loadForwardAuthConfig } from './config.ts';

test("the server's variables are refused as such, and others as unknown", () => {
  const env = {
    LATCHKEY_PUBLIC_URL: 'https://id.example.com',
    LATCHKEY_SERVICE_KEY: 'lks_key',
    LATCHKEY_DATA_DIR: '/var/lib/latchkey',
    LATCHKEY_MASTER_KEY_FILE: '/run/secrets/master-key',
    LATCHKEY_SIGNIN_URL: '/signin',
  };
  assert.throws(
    () => loadForwardAuthConfig(env, { cwd: '/' }),
    (error) => {
      assert.ok(error instanceof ConfigError);
      assert.deepEqual(error.problems, [
        'LATCHKEY_DATA_DIR is a variable of the server: leave it out here.',
        'LATCHKEY_MASTER_KEY_FILE is a variable of the server: leave it out here.',
        'LATCHKEY_SIGNIN_URL is unknown. Did you mean LATCHKEY_SIGN_IN_URL?',
      ]);
      return true;
    },
  );
});

test('its own variables are refused by the server as such, whichever they are', () => {
  const ofServer = new Set(configVariables.map(({ name }) => name));
  const own = forwardAuthVariables.map(({ name }) => name).filter((name) => !ofServer.has(name));
  assert.ok(own.length > 0);
  assert.throws(
    () => loadConfig(Object.fromEntries(own.map((name) => [name, 'x'])), { cwd: '/' }),
    (error) => {
      assert.ok(error instanceof ConfigError);
      assert.deepEqual(
        error.problems,
        own.map((name) => `${name} is a variable of \`latchkey forward-auth\`: leave it out here.`),
      );
      return true;
    },
  );
});
