import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { it } from 'node:test';
import type { Request } from '../support/client.ts';
import { freePort, newFolder, runVerb, startProcess, startServer } from './support/server-process.ts';

const secret = (name: string) => `${name}-${randomBytes(9).toString('hex')}-quite-secret`;

it('nothing that is written holds a password, a credential, a token or a key, whatever was sent', async (t) => {
  const folder = newFolder();
  t.after(() => folder.remove());
  const settings = {
    PORT: await freePort(),
    LATCHKEY_DATA_DIR: folder.path,
    LATCHKEY_LOG_LEVEL: 'trace',
    LATCHKEY_MASTER_KEY: randomBytes(32).toString('base64url'),
  };
  const server = await startServer(settings);
  t.after(() => server.end('SIGKILL'));
  const secrets = new Set<string>([settings.LATCHKEY_MASTER_KEY]);
  const keep = (text: string) => {
    secrets.add(text);
    return text;
  };
  const send = (method: string, path: string, rest: Partial<Request> = {}) =>
    server.client.call({ method, path, ...rest });

  const passwords = [keep(secret('admin')), keep(secret('ada')), keep(secret('wrong')), keep(secret('new'))];
  const [adminPassword, password, wrong, newPassword] = passwords as [string, string, string, string];
  const words = ['accounts', 'create', '--admin', '--login', 'admin', '--name', 'Admin', '--password-stdin'];
  const command = startProcess(words, settings, { input: adminPassword });
  assert.equal((await command.exited).code, 0, command.stderr());
  const { key } = await runVerb(['services', 'add', 'orders'], settings);
  const serviceKey = keep(String(key));

  const signUp = { name: 'Ada', login: 'ada', email: 'ada@example.com', password };
  const opened = await send('POST', '/api/v1/signup', { json: signUp });
  assert.equal(opened.status, 200, opened.text);
  const credential = keep(String(opened.json.id));
  const userId = String(opened.json.user_id);
  const byHeader = { 'x-session-id': credential };
  const byCookie = { cookie: `x-session-id=${credential}` };
  const asked = await send('POST', '/auth/who-am-i', { headers: byCookie });
  const token = keep(String(asked.json.token));
  const proof = { ...byCookie, authorization: `Bearer ${token}` };
  const signedIn = await send('POST', '/auth/login', {
    json: { username: 'admin', password: adminPassword },
  });
  keep(String(signedIn.json.token));
  keep(signedIn.cookies[0]!.value);

  // What should be answered, what should be refused, and secrets where they do not belong.
  const requests: [string, string, Partial<Request>][] = [
    ['GET', '/api/v1/sessions/current', { headers: byHeader }],
    ['POST', '/auth/authenticate', { headers: proof }],
    ['GET', '/auth/sessions', { headers: proof }],
    [
      'GET',
      '/auth/revocations',
      { headers: { authorization: `Bearer ${serviceKey}`, accept: 'application/json' } },
    ],
    ['GET', '/auth/revocations', { headers: { authorization: `Bearer ${serviceKey}x` } }],
    ['POST', '/api/v1/signin', { json: { login: 'ada', password: wrong } }],
    ['POST', '/api/v1/signin', { json: { login: wrong, password: wrong } }],
    ['POST', '/auth/login', { json: { username: password, password: 'ada' } }],
    ['POST', '/api/v1/signup', { json: { ...signUp, password: wrong } }],
    ['POST', '/api/v1/signup', { json: { ...signUp, [wrong]: wrong } }],
    ['POST', '/api/v1/signup', { json: { ...signUp, password: [password] } }],
    [
      'POST',
      '/api/v1/signin',
      { body: `{"password":"${password}`, headers: { 'content-type': 'application/json' } },
    ],
    ['POST', '/api/v1/signin', { body: `password=${password}`, headers: { 'content-type': 'text/plain' } }],
    ['POST', '/api/v1/passwords/verify', { json: { password }, headers: byHeader }],
    ['GET', `/api/v1/signup/validate?login=${password}`, {}],
    ['GET', `/api/v1/signup/validate?password=${password}&token=${token}`, {}],
    ['GET', `/api/v1/sessions/${credential}`, { headers: byHeader }],
    ['POST', `/api/v1/sessions/restore?session_id=${credential}`, { headers: byHeader }],
    ['POST', '/api/v1/sessions/restore', { json: { session_id: credential }, headers: byHeader }],
    ['DELETE', `/api/v1/sessions/${userId}/${token}`, { headers: byHeader }],
    [
      'GET',
      `/${credential}/${token}?${serviceKey}`,
      { headers: { ...proof, referer: `http://a/?${token}` } },
    ],
    ['PATCH', `/auth/${token}`, { headers: { origin: `http://${serviceKey}`, 'user-agent': password } }],
    ['GET', '/api/v1/sessions/current', { headers: { 'x-session-id': `${credential}x` } }],
    ['GET', '/api/v1/sessions/current', { headers: { 'x-session-id': [credential, token] } }],
    ['GET', '/health/alive', { headers: { 'x-request-id': credential, [password]: token } }],
    ['GET', '/%zz', { headers: proof }],
    ['POST', '/api/v1/signin', { json: { login: 'ada', password: wrong.repeat(10_000) } }],
  ];
  for (const [method, path, rest] of requests) await send(method, path, rest);
  await sendBytes(
    settings.PORT,
    `GET /?token=${token} HTTP/9.9\r\nCookie: x-session-id=${credential}\r\n\r\n`,
  );
  await sendBytes(settings.PORT, `POST /auth/login HTTP/1.1\r\nAuthorization Bearer ${token}\r\n\r\n`);
  await sendBytes(settings.PORT, `GET / HTTP/1.1\r\nHost: a\r\nCookie: ${credential.repeat(400)}\r\n\r\n`);
  const change = { old_password: password, new_password: newPassword };
  const changed = await send('POST', `/api/v1/passwords/${userId}/change`, {
    json: change,
    headers: byHeader,
  });
  assert.equal(changed.status, 200, changed.text);
  keep(String(changed.json.id));

  // A fault in the middle of it: the log tells of it, with its stack.
  new DatabaseSync(join(folder.path, 'latchkey.db')).exec('drop table passwords');
  const signIn = { json: { login: 'ada', password: newPassword } };
  const broken = await send('POST', '/api/v1/signin?correlation_id=line-1', signIn);
  assert.deepEqual([broken.status, broken.json.correlation_id], [500, 'line-1']);
  for (const id of [credential, token, serviceKey]) {
    await send('POST', `/api/v1/signin?correlation_id=${id}`, signIn);
    await send('POST', '/api/v1/signin', { ...signIn, headers: { 'x-request-id': id, correlation_id: id } });
  }
  await send('POST', '/api/v1/signup', { json: { ...signUp, login: 'bob', password: newPassword } });
  assert.deepEqual(await server.end('SIGTERM'), { code: 0, signal: null });

  const written = [server, command].map(({ stdout, stderr }) => stdout() + stderr()).join('\n');
  assert.match(written, /"correlation_id":"line-1".*a request failed/);
  assert.ok(secrets.size >= 11);
  const found = [...secrets].flatMap(formsOf).filter((form) => written.includes(form));
  assert.deepEqual(found, []);
});

it('a body that its client gives up is no failure of the server', async (t) => {
  const folder = newFolder();
  t.after(() => folder.remove());
  const settings = { PORT: await freePort(), LATCHKEY_DATA_DIR: folder.path, LATCHKEY_LOG_LEVEL: 'warn' };
  const server = await startServer(settings);
  t.after(() => server.end('SIGKILL'));
  const head = 'POST /api/v1/signin HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n';
  for (const rest of ['Content-Length: 100\r\n\r\n{"a', 'Transfer-Encoding: chunked\r\n\r\n5\r\n{"']) {
    const socket = connect(Number(settings.PORT), '127.0.0.1');
    await once(socket, 'connect');
    socket.write(`${head}${rest}`);
    // Answered after it on another connection, so the server has begun to read the body.
    assert.equal((await server.client.call({ method: 'GET', path: '/health/alive' })).status, 200);
    socket.destroy();
  }
  assert.equal((await server.client.call({ method: 'GET', path: '/health/alive' })).status, 200);
  assert.deepEqual(await server.end('SIGTERM'), { code: 0, signal: null });
  assert.doesNotMatch(server.stdout() + server.stderr(), /a request failed/);
});

/** The secret as it is, its telling part alone, and both as they stand in base64, hexadecimal and URLs. */
function formsOf(text: string): string[] {
  const part = text.split('.').at(-1)!;
  return [text, part].flatMap((form) => [
    form,
    encodeURIComponent(form),
    Buffer.from(form).toString('base64').replace(/=+$/, ''),
    Buffer.from(form).toString('base64url'),
    Buffer.from(form).toString('hex'),
  ]);
}

/** Sends bytes that may be no HTTP, and waits until the connection is closed. */
async function sendBytes(port: string, bytes: string): Promise<void> {
  const socket = connect(Number(port), '127.0.0.1');
  socket.on('error', () => {});
  socket.resume();
  socket.end(bytes);
  await once(socket, 'close');
}
