import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { WebSocket } from 'ws';
import { type Person, signIn, signUp, tokenOf } from '../../packages/server/test/e2e/support/people.ts';
import {
  newFolder,
  runVerb,
  type ServerProcess,
  startServer,
} from '../../packages/server/test/e2e/support/server-process.ts';
import { freePort } from '../../scripts/free-port.ts';

const folder = newFolder();
let server: ServerProcess;
let service = '';
let stop = async (): Promise<unknown> => undefined;

before(async () => {
  const settings = { PORT: String(await freePort()), LATCHKEY_DATA_DIR: folder.path };
  server = await startServer(settings, { entry: 'cheap' });
  const { key } = await runVerb(['services', 'add', 'live'], settings);
  const { PATH = '' } = process.env;
  const env = { PATH, ISSUER: server.url, SERVICE_KEY: String(key), PORT: '0' };
  const child = spawn(process.execPath, [join(import.meta.dirname, 'server.ts')], { env });
  const ended = once(child, 'close');
  stop = () => {
    child.kill('SIGTERM');
    return ended;
  };
  const [line] = await once(child.stdout, 'data');
  service = /http:\S+/.exec(String(line))?.[0] ?? assert.fail(String(line));
});
after(async () => {
  assert.deepEqual(await stop(), [0, null]);
  await server.end('SIGKILL');
  folder.remove();
});

async function signOut(person: Person): Promise<void> {
  const headers = { 'x-session-id': person.credential };
  const { status } = await server.client.call({ method: 'POST', path: '/api/v1/signout', headers });
  assert.equal(status, 204);
}

/** Opens a socket and sends the token. What comes back first: a message, or a close. */
async function connect(person: Person, token: string): Promise<{ socket: WebSocket; first: string }> {
  const socket = new WebSocket(`${service.replace('http', 'ws')}/socket`, {
    headers: { cookie: `x-session-id=${person.credential}` },
  });
  await once(socket, 'open');
  socket.send(token);
  const answer = await Promise.race([
    once(socket, 'message').then(([text]) => String(text)),
    once(socket, 'close').then(([code, reason]) => `${code} ${reason}`),
  ]);
  return { socket, first: answer };
}

describe('connections that last longer than a request', () => {
  it('a WebSocket is closed when its session ends, and no other', async () => {
    const person = await signUp(server.client);
    const other = await signIn(server.client, person);
    const [a, b] = [
      await connect(person, await tokenOf(server.client, person)),
      await connect(other, await tokenOf(server.client, other)),
    ];
    assert.deepEqual([a.first, b.first], [`hello ${person.userId}`, `hello ${person.userId}`]);
    const closed = once(a.socket, 'close');
    await signOut(person);
    const begin = performance.now();
    const [code, reason] = await closed;
    assert.deepEqual([code, String(reason)], [4401, 'signout']);
    assert.ok(performance.now() - begin < 1000);
    b.socket.send('still here');
    const [text] = await once(b.socket, 'message');
    assert.equal(String(text), `${person.userId} said still here`);
    b.socket.close();
  });

  it('a WebSocket needs a token and a cookie that belong together', async () => {
    const [person, other] = [await signUp(server.client), await signUp(server.client)];
    const { first } = await connect(person, await tokenOf(server.client, other));
    assert.equal(first, '4401 INVALID_CREDENTIALS');
    assert.equal((await connect(person, 'x')).first, '4401 INVALID_CREDENTIALS');
  });

  it('server-sent events end with the session', async () => {
    const person = await signUp(server.client);
    const token = await tokenOf(server.client, person);
    const headers = { authorization: `Bearer ${token}`, cookie: `x-session-id=${person.credential}` };
    assert.equal((await fetch(`${service}/events`)).status, 401);
    const answer = await fetch(`${service}/events`, { headers });
    assert.equal(answer.status, 200);
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = (await reader.read()).value ?? '';
    assert.match(text, new RegExp(`hello ${person.userId}`));
    await signOut(person);
    for (let part = await reader.read(); !part.done; part = await reader.read()) text += part.value;
    assert.match(text, /event: end\ndata: signout\n\n$/);
  });
});
