import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import { forwardAuthVariables, loadForwardAuthConfig } from '../forward-auth/config.ts';
import { ConfigError, configVariables, loadConfig } from './config.ts';
import { bareValue, findIgnored } from './environment.ts';

const cwd = tmpdir();
const load = (env: Record<string, string>) => loadConfig(env, { cwd });
const names = configVariables.map(({ name }) => name);
const files = names.filter((name) => name.startsWith('LATCHKEY_')).map((name) => `${name}_FILE`);

/** What a pod finds for Services of the names `latchkey`, `latchkey-metrics` and `latchkey-redis` (with IPv6). */
const ofKubernetes = {
  LATCHKEY_SERVICE_HOST: '10.43.7.11',
  LATCHKEY_SERVICE_PORT: '80',
  LATCHKEY_SERVICE_PORT_HTTP: '80',
  LATCHKEY_PORT: 'tcp://10.43.7.11:80',
  LATCHKEY_PORT_80_TCP: 'tcp://10.43.7.11:80',
  LATCHKEY_PORT_80_TCP_PROTO: 'tcp',
  LATCHKEY_PORT_80_TCP_PORT: '80',
  LATCHKEY_PORT_80_TCP_ADDR: '10.43.7.11',
  LATCHKEY_METRICS_SERVICE_HOST: '10.43.7.12',
  LATCHKEY_METRICS_SERVICE_PORT: '9090',
  LATCHKEY_METRICS_SERVICE_PORT_FOR_PROMETHEUS: '9090',
  LATCHKEY_METRICS_PORT: 'tcp://10.43.7.12:9090',
  LATCHKEY_METRICS_PORT_9090_TCP: 'tcp://10.43.7.12:9090',
  LATCHKEY_METRICS_PORT_9090_TCP_PROTO: 'tcp',
  LATCHKEY_METRICS_PORT_9090_TCP_PORT: '9090',
  LATCHKEY_METRICS_PORT_9090_TCP_ADDR: '10.43.7.12',
  LATCHKEY_REDIS_SERVICE_HOST: 'fd00::1',
  LATCHKEY_REDIS_SERVICE_PORT: '6379',
  LATCHKEY_REDIS_PORT: 'udp://[fd00::1]:6379',
  LATCHKEY_REDIS_PORT_6379_UDP: 'udp://[fd00::1]:6379',
  LATCHKEY_REDIS_PORT_6379_UDP_PROTO: 'udp',
  LATCHKEY_REDIS_PORT_6379_UDP_PORT: '6379',
  LATCHKEY_REDIS_PORT_6379_UDP_ADDR: 'fd00::1',
  LATCHKEY_SIGNALS_PORT: 'sctp://10.43.7.13:3868',
  LATCHKEY_SIGNALS_PORT_3868_SCTP: 'sctp://10.43.7.13:3868',
};

/** What Docker adds for `--link other:latchkey`, besides the addresses. */
const ofDocker = {
  LATCHKEY_NAME: '/web/latchkey',
  LATCHKEY_PORT_8080_TCP_START: 'tcp://172.17.0.2:8080',
  LATCHKEY_PORT_8080_TCP_END: 'tcp://172.17.0.2:8090',
  LATCHKEY_ENV_NODE_VERSION: '26.0.0',
  LATCHKEY_ENV_LATCHKEY_PUBLIC_URL: 'https://id.example.com',
};

test('what Kubernetes and Docker make for services is left alone, and told by name', () => {
  const { ignored, ...config } = load({ ...ofKubernetes, ...ofDocker });
  const { ignored: _, ...plain } = load({});
  assert.deepEqual(config, plain);
  const made = Object.keys({ ...ofKubernetes, ...ofDocker }).join(', ');
  assert.deepEqual(ignored, [`Left alone, as Kubernetes or Docker made them: ${made}.`]);
});

test('the same holds for forward authentication', () => {
  const own = { LATCHKEY_PUBLIC_URL: 'https://id.example.com', LATCHKEY_SERVICE_KEY: 'lks_key' };
  const { ignored, ...config } = loadForwardAuthConfig(
    { ...ofKubernetes, ...own, LATCHKEY_SIGN_IN_URL: '' },
    { cwd },
  );
  const { ignored: none, ...plain } = loadForwardAuthConfig(own, { cwd });
  assert.deepEqual(config, plain);
  assert.deepEqual([ignored.length, none.length], [2, 0]);
  assert.throws(
    () => loadForwardAuthConfig({ ...own, LATCHKEY_SERVICE_KEY: '', LATCHKEY_SERVICE_KEY_FILE: '' }, { cwd }),
    (error) => error instanceof ConfigError && error.problems.join() === 'LATCHKEY_SERVICE_KEY is missing.',
  );
});

test('a setting of ours keeps its meaning beside them', () => {
  const { metricsPort } = load({ ...ofKubernetes, LATCHKEY_METRICS_PORT: '9100' });
  assert.equal(metricsPort, 9100);
});

test('none of our names has one of their forms', () => {
  const all = [...names, ...files, ...forwardAuthVariables.map(({ name }) => name)];
  assert.deepEqual(findIgnored(Object.fromEntries(all.map((name) => [name, 'x'])), all), []);
});

test('what only looks like theirs still stops the start', () => {
  for (const name of [
    'LATCHKEY_METRIC_PORT',
    'LATCHKEY_SERVICE_HOSTS',
    'LATCHKEY_SERVICE_PORTS',
    'LATCHKEY_PORT_HTTP_TCP',
    'LATCHKEY_PORT_80_TLS',
    'LATCHKEY_NAME',
    'LATCHKEY_ENV_X',
  ]) {
    assert.throws(() => load({ [name]: '9090' }), /is unknown\. Did you mean/, name);
  }
});

test('an empty variable counts as not set, whichever it is, and is told by name', () => {
  const { ignored: _, ...plain } = load({});
  for (const empty of ['', ' ', '\t\r\n', '\uFEFF']) {
    const all = [...names, ...files, 'LATCHKEY_MISSPELT'];
    const { ignored, ...config } = load(Object.fromEntries(all.map((name) => [name, empty])));
    assert.deepEqual(config, plain);
    assert.deepEqual(ignored, [`Empty, so not set: ${all.join(', ')}.`]);
  }
});

test('blanks and line ends around a value do not count', () => {
  const config = load({ PORT: ' 8081\r', LATCHKEY_DATABASE_URL: 'postgres://u:p@h/d\n' });
  assert.deepEqual([config.port, config.databaseUrl], [8081, 'postgres://u:p@h/d']);
});

test('values in quotes, as files of variables for Docker and kubectl keep them, are read without', () => {
  const quoted = {
    PORT: '"9000"',
    LATCHKEY_AUDIENCE: "'a'",
    LATCHKEY_PUBLIC_URL: ' "https://id.example.com" ',
  };
  const { ignored, ...config } = load({ ...quoted, LATCHKEY_REDIS_URL: '""' });
  const { ignored: _, ...bare } = load({
    PORT: '9000',
    LATCHKEY_AUDIENCE: 'a',
    LATCHKEY_PUBLIC_URL: 'https://id.example.com',
  });
  assert.deepEqual(config, bare);
  assert.deepEqual(ignored, [
    'Empty, so not set: LATCHKEY_REDIS_URL.',
    `Read without the quotes around it: ${Object.keys(quoted).join(', ')}.`,
  ]);
  const odd = [`"Ada" <"a@b.example">`, `"a"b"`, `"a'`, `"`];
  for (const text of odd) assert.equal(bareValue(text), text);
});

test('a database of the hoster that is not used is told', () => {
  const env = { DATABASE_URL: 'postgres://u:p@db.example/d' };
  assert.match(load(env).warnings.join(), /^DATABASE_URL is set, but only LATCHKEY_DATABASE_URL is read: /);
  assert.deepEqual(load({ ...env, LATCHKEY_DATABASE_URL: env.DATABASE_URL }).warnings, []);
});
