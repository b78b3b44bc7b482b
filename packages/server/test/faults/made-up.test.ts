import assert from 'node:assert/strict';
import { randomBytes, randomInt } from 'node:crypto';
import { it } from 'node:test';
import { createVerifier, InvalidCredentials } from '@latchkey/verify';
import { createClient, type Request } from '../support/client.ts';
import { full } from './support/full.ts';
import { signUp } from './support/people.ts';
import { mebibyte, residentOf } from './support/process.ts';
import { prepareRun } from './support/run.ts';

/** How many requests are made of each kind, twice. */
const count = full ? 20_000 : 500;
const strangers = 16;

const word = (bytes = 16) => randomBytes(bytes).toString('base64url');
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token whose form is right, of a key that nobody has. */
function madeUpToken(issuer: string): string {
  const time = Math.floor(Date.now() / 1000);
  const times = { iat: time, exp: time + 300, auth_time: time };
  const names = { sub: String(randomInt(1, 2 ** 47)), sid: word(), jti: word(), cth: word(32) };
  const claims = { iss: issuer, aud: 'latchkey', ...times, ...names, rev: 0, roles: [], amr: ['pwd'] };
  return `${part({ alg: 'ES256', typ: 'at+jwt', kid: word() })}.${part(claims)}.${word(64)}`;
}

const kinds: Readonly<Record<string, (issuer: string) => Request & { readonly refused: readonly number[] }>> =
  {
    session: () => get('/api/v1/sessions/current', { 'x-session-id': `${word()}.${word(32)}` }),
    cookie: () => ({
      ...{ method: 'POST', path: '/auth/who-am-i', refused: [401, 440] },
      headers: { cookie: `x-session-id=${word()}.${word(32)}` },
    }),
    token: (issuer) => get('/api/v1/sessions/current', { authorization: `Bearer ${madeUpToken(issuer)}` }),
    'service key': () => get('/auth/revocations', { authorization: `Bearer lks_${word(32)}` }),
    login: () => ({
      ...{ method: 'POST', path: '/api/v1/signin', refused: [400, 503] },
      json: { login: word(), password: word() },
    }),
    'look-up': () => get(`/api/v1/sessions/${word()}`, { 'x-session-id': word() }),
    code: () => ({
      ...{ method: 'POST', path: '/api/v1/passwords/reset', refused: [400, 403] },
      json: { login: word(), code: word(), password: word() },
    }),
    path: () => ({ ...get(`/${word()}/${word()}?${word()}=${word()}`), refused: [404] }),
  };

function get(path: string, headers: Readonly<Record<string, string>> = {}) {
  return { method: 'GET', path, headers, refused: [400, 401, 403, 440] };
}

it('made-up names are refused, cost no memory for good, and do not slow good requests down', async (t) => {
  const run = await prepareRun(t);
  const server = await run.serve();
  const { session } = await signUp(server.client);
  const answered = new Map<string, Map<number, number>>();
  const clients = Array.from({ length: strangers }, () => createClient(Number(run.settings.PORT)));
  t.after(() => clients.map((client) => client.close()));

  /** Makes so many requests of each kind; throws where one is answered as it should not be. */
  async function flood(each: number): Promise<void> {
    let left = each;
    const stranger = async (client: (typeof clients)[number]) => {
      while (left > 0) {
        left -= 1;
        for (const [kind, make] of Object.entries(kinds)) {
          const { refused, ...request } = make(run.issuer);
          const { status } = await client.call(request);
          const counts = answered.get(kind) ?? new Map<number, number>();
          answered.set(kind, counts.set(status, (counts.get(status) ?? 0) + 1));
          assert.ok(refused.includes(status), `${kind}: ${status}`);
        }
      }
    };
    await Promise.all(clients.map(stranger));
  }

  /** The time in which 99 of 100 checks of a live session are answered. Milliseconds. */
  async function measure(): Promise<number> {
    const times: number[] = [];
    const headers = { 'x-session-id': session.credential };
    for (let i = 0; i < 300; i += 1) {
      const begin = performance.now();
      const { status } = await server.client.call({
        method: 'GET',
        path: '/api/v1/sessions/current',
        headers,
      });
      times.push(performance.now() - begin);
      assert.equal(status, 200);
    }
    return times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)]!;
  }

  await flood(count);
  const before = residentOf(server.child.pid!);
  const quiet = await measure();
  const flooded = flood(count);
  const beside = await measure();
  await flooded;
  const after = residentOf(server.child.pid!);
  const mib = (bytes: number) => Math.round(bytes / mebibyte);
  t.diagnostic(
    `${strangers} strangers, ${count} requests of each of ${Object.keys(kinds).length} kinds: p99 ${quiet.toFixed(1)} ms when quiet, ${beside.toFixed(1)} ms beside them; ${mib(before)} MiB after the first half, ${mib(after)} MiB after the second`,
  );
  for (const [kind, counts] of answered)
    t.diagnostic(`${kind}: ${JSON.stringify(Object.fromEntries(counts))}`);
  // Each of the strangers has one request in flight, which the good one may have to wait for.
  assert.ok(beside < 2 * quiet + strangers * 2, `${quiet} ms, then ${beside} ms`);
  assert.ok(after - before < 64 * mebibyte, `${mib(after - before)} MiB more`);
});

it('a verifier asks once in 30 s for keys that are made up, however many, and remembers none', async (t) => {
  const run = await prepareRun(t);
  await run.serve();
  const { issuer, serviceKey } = run;
  const asked: string[] = [];
  const verifier = createVerifier({
    ...{ issuer, serviceKey, audience: 'latchkey' },
    fetch: (url, init) => {
      asked.push(String(url));
      return fetch(url, init);
    },
  });
  t.after(() => verifier.close());
  await verifier.ready();
  const show = async (many: number) => {
    for (let i = 0; i < many; i += 1)
      await assert.rejects(
        verifier.authenticate(madeUpToken(issuer), `${word()}.${word(32)}`),
        (error) => error instanceof InvalidCredentials && error.reason === 'unknown-key',
      );
    globalThis.gc?.();
    return process.memoryUsage().heapUsed;
  };
  const begin = performance.now();
  const before = await show(count);
  const after = await show(count);
  const askedForKeys = asked.filter((url) => url.endsWith('/.well-known/jwks.json')).length;
  // Once at the start.
  const most = 2 + Math.ceil((performance.now() - begin) / 30_000);
  assert.ok(askedForKeys >= 2 && askedForKeys <= most, `asked for keys ${askedForKeys} times`);
  assert.ok(after - before < 24 * mebibyte, `${(after - before) / mebibyte} MiB more`);
});
