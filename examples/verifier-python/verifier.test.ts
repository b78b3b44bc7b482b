import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { until } from '../../packages/server/test/e2e/support/edge.ts';
import { type Person, signIn, signUp, tokenOf } from '../../packages/server/test/e2e/support/people.ts';
import {
  newFolder,
  runVerb,
  type ServerProcess,
  startServer,
} from '../../packages/server/test/e2e/support/server-process.ts';
import { freePort } from '../../scripts/free-port.ts';

const python = findPython();
const skip =
  python === undefined && 'needs Python 3 with cryptography (Debian: apt-get install python3-cryptography)';
const cwd = import.meta.dirname;
const env = { PATH: process.env.PATH ?? '', PYTHONDONTWRITEBYTECODE: '1' };

/** A Python that has the one package that is needed; installs Debian's where that is allowed. */
function findPython(): string | undefined {
  const find = () =>
    ['python3', '/usr/bin/python3'].find(
      (program) => spawnSync(program, ['-c', 'import cryptography.hazmat']).status === 0,
    );
  const found = find();
  if (found !== undefined || process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return found;
  const settings = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const;
  spawnSync('apt-get', ['update'], settings);
  spawnSync('apt-get', ['install', '-y', 'python3-cryptography'], settings);
  return find();
}

describe('the verifier in Python', { skip }, () => {
  const folder = newFolder();
  let server: ServerProcess;
  let settings: { PORT: string; LATCHKEY_DATA_DIR: string; LATCHKEY_PUBLIC_URL: string };
  let service = '';
  let stop = async () => {};

  before(async () => {
    const port = String(await freePort());
    settings = {
      PORT: port,
      LATCHKEY_DATA_DIR: folder.path,
      LATCHKEY_PUBLIC_URL: 'http://auth.invalid',
    };
    server = await startServer(settings, { entry: 'cheap' });
    const { key } = await runVerb(['services', 'add', 'python'], settings);
    const where = { ISSUER: server.url, CONNECT_TO: `http://127.0.0.1:${port}` };
    const own = { ...where, SERVICE_KEY: String(key), PORT: '0', MAX_STALENESS: '3' };
    const child = spawn(python!, ['service.py'], { cwd, env: { ...env, ...own } });
    stop = async () => {
      child.kill('SIGKILL');
      await once(child, 'close');
    };
    const [line] = await once(child.stdout, 'data');
    service = /http:\S+/.exec(String(line))?.[0] ?? assert.fail(String(line));
  });
  after(async () => {
    await stop();
    await server.end('SIGKILL');
    folder.remove();
  });

  async function call(headers: Record<string, string>): Promise<[status: number, content: unknown]> {
    const answer = await fetch(service, { headers });
    return [answer.status, await answer.json()];
  }

  async function headersOf(person: Person, other = person): Promise<Record<string, string>> {
    const token = await tokenOf(server.client, person);
    return { authorization: `Bearer ${token}`, cookie: `x-session-id=${other.credential}` };
  }

  it('counts the time in which the machine slept, and that in which its clock was set back', () => {
    const script = `
import time, verifier
real = time.monotonic, time.time
moment = verifier.read_clocks()
ages = []
for monotonic, wall in ((0, 60), (60, -3600), (60, 60), (0, -3600)):
    time.monotonic, time.time = lambda: real[0]() + monotonic, lambda: real[1]() + wall
    ages.append(round(verifier.seconds_since(moment)))
print(ages, verifier.seconds_since(verifier.NEVER))`;
    const { stdout, stderr } = spawnSync(python!, ['-c', script], { cwd, env, encoding: 'utf8' });
    assert.equal(stdout, '[60, 60, 60, 0] inf\n', stderr);
  });

  it('gives the verdicts of all vectors', () => {
    const { status, stdout, stderr } = spawnSync(python!, ['check_vectors.py'], {
      cwd,
      env,
      encoding: 'utf8',
    });
    assert.equal(status, 0, stderr);
    assert.ok(Number.parseInt(stdout, 10) > 400, stdout);
  });

  it('knows who is calling, and takes no credentials that do not belong together', async () => {
    const person = await signUp(server.client);
    const other = await signIn(server.client, person);
    assert.deepEqual(await call(await headersOf(person)), [
      200,
      { userId: Number(person.userId), roles: [] },
    ]);
    const refused = [401, { code: 'INVALID_CREDENTIALS' }];
    assert.deepEqual(await call(await headersOf(person, other)), refused);
    assert.deepEqual(await call({}), refused);
  });

  it('takes the cookie of a page, and refuses it within a second of the end', async () => {
    const person = await signUp(server.client);
    const cookie = { cookie: `x-session-id=${person.credential}` };
    const page = { ...cookie, 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'navigate' };
    const known = [200, { userId: Number(person.userId), roles: [] }];
    for (const answer of await Promise.all([call(page), call(page), call(page)]))
      assert.deepEqual(answer, known);
    const header = { ...page, cookie: '', 'x-session-id': person.credential };
    const elsewhere = { ...page, 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'iframe' };
    for (const sent of [cookie, header, elsewhere]) assert.equal((await call(sent))[0], 401);
    await runVerb(['roles', 'grant', person.login, 'editor'], settings);
    await until(async () => JSON.stringify(await call(page)).includes('editor'));
    const by = { 'x-session-id': person.credential };
    await server.client.call({ method: 'POST', path: '/api/v1/signout', headers: by });
    const closed = performance.now();
    await until(async () => (await call(page))[0] === 401);
    assert.ok(performance.now() - closed < 1000);
  });

  it('refuses a closed session within a second, by the feed', async () => {
    const person = await signUp(server.client);
    const headers = await headersOf(person);
    assert.equal((await call(headers))[0], 200);
    const by = { 'x-session-id': person.credential };
    await server.client.call({ method: 'POST', path: '/api/v1/signout', headers: by });
    const closed = performance.now();
    await until(async () => (await call(headers))[0] === 401);
    assert.ok(performance.now() - closed < 1000);
  });

  it('tells that a token is to be renewed when roles have changed', async () => {
    const person = await signUp(server.client);
    const headers = await headersOf(person);
    await runVerb(['roles', 'grant', person.login, 'editor'], settings);
    await until(async () => (await call(headers))[0] === 401);
    assert.deepEqual(await call(headers), [401, { code: 'TOKEN_STALE' }]);
    assert.deepEqual((await call(await headersOf(person)))[1], {
      userId: Number(person.userId),
      roles: ['editor'],
    });
  });

  it('reports an outage as one, and comes back', async () => {
    const headers = await headersOf(await signUp(server.client));
    server.child.kill('SIGSTOP');
    assert.equal((await call(headers))[0], 200);
    await until(async () => (await call(headers))[0] !== 200);
    assert.deepEqual(await call(headers), [503, { code: 'UNAVAILABLE' }]);
    server.child.kill('SIGCONT');
    await until(async () => (await call(headers))[0] === 200);
  });
});
