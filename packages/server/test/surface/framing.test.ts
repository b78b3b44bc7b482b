import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { METHODS, type Server } from 'node:http';
import { connect } from 'node:net';
import { it } from 'node:test';
import { assertCommonHeaders, type Request } from '../support/client.ts';
import { assertProblem, onEachStore, type World } from '../support/world.ts';

/** Writes bytes and reads what comes until the server closes, or so many milliseconds have passed. */
function send(w: World, text: string, longest = 1000): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(w.port, '127.0.0.1', () => socket.write(text, 'latin1'));
    socket.setEncoding('latin1');
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    const done = () => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(done, longest);
    socket.on('close', done).on('error', done);
  });
}

/** Lines of a request, with `Host` and `Connection: close`. */
const lines = (...all: string[]) => `${all.join('\r\n')}\r\n`;
const get = (...headers: string[]) =>
  lines('GET /health/alive HTTP/1.1', 'Connection: close', ...headers, '');
const post = (...headers: string[]) =>
  lines('POST /api/v1/signout HTTP/1.1', 'Host: a', 'Content-Type: application/json', ...headers);

const broken: Readonly<Record<string, string>> = {
  'no HTTP': lines('hello', '', ''),
  'a bad header line': get('Host: a', 'bad header'),
  'a space before the colon': get('Host: a', 'x-session-id : a'),
  'a folded header': get('Host: a', 'x-a: b', ' c'),
  'a NUL in a header': get('Host: a', 'x-a: b\u0000c'),
  'two lengths': post('Content-Length: 2', 'Content-Length: 3', '', '{}'),
  'length and chunks': post('Content-Length: 2', 'Transfer-Encoding: chunked', '', '0', ''),
  'an unknown encoding': post('Transfer-Encoding: xchunked', '', '0', ''),
  'two encodings': post('Transfer-Encoding: chunked, identity', '', '0', ''),
  'a negative length': post('Content-Length: -1', '', ''),
  'a length with a sign': post('Content-Length: +2', '', '{}'),
  'a bad chunk': post('Transfer-Encoding: chunked', '', 'zz', '{}', '0', ''),
  'no host': get(),
  'two hosts': get('Host: a', 'Host: b'),
  'two equal hosts': get('Host: a', 'Host: a'),
  'two hosts in one field': get('Host: a, b'),
  'a host with a user': get('Host: ada@a'),
  'a host with a path': get('Host: a/b'),
  'a host with a blank': get('Host: a b'),
  'a host with a query': get('Host: a?b'),
  'a host beyond ASCII': get('Host: \u00e9'),
  'a host of an address that is not closed': get('Host: [::1'),
  'a host with a port that is no number': get('Host: a:b'),
  'two types of a body': post('Content-Type: text/plain', 'Content-Length: 2', '', '{}'),
};

onEachStore(
  'HTTP that is broken',
  (world) => {
    for (const [name, text] of Object.entries(broken)) {
      it(`${name} is 400`, async () => {
        const answer = await send(world(), text);
        assertRaw(answer, 400, 'INVALID_DATA');
      });
    }

    it('headers of 32 KiB are taken, beyond that they are 431', async () => {
      const w = world();
      const cookies = (size: number) => `cookie: ${'_ga=GA1.2.3; '.repeat(size).slice(0, size)}`;
      for (const size of [21_000, 32 * 1024]) {
        assert.match(await send(w, get('Host: a', cookies(size))), /^HTTP\/1\.1 200 /, String(size));
      }
      const many = Array.from({ length: 500 }, (_, index) => `x-a-${index}: ${'b'.repeat(40)}`);
      assert.match(await send(w, get('Host: a', ...many)), /^HTTP\/1\.1 200 /);
      for (const size of [33 * 1024, 100_000]) {
        assertRaw(await send(w, get('Host: a', cookies(size))), 431, 'PAYLOAD_TOO_LARGE');
        assertRaw(await send(w, get('Host: a', `x-a: ${'a'.repeat(size)}`)), 431, 'PAYLOAD_TOO_LARGE');
      }
    });

    it('a session is found among 31 KiB of cookies', async () => {
      const w = world();
      const person = await w.person();
      const headers = { cookie: `${'a=b; '.repeat(6_300)}${w.byCookie(person).cookie}` };
      const { status } = await w.call({ method: 'GET', path: '/api/v1/sessions/current', headers });
      assert.equal(status, 200);
    });

    it('an upgrade that is not offered is none', async () => {
      // Java's HttpClient asks so by default.
      const upgrade = [
        'Connection: Upgrade, HTTP2-Settings',
        'Upgrade: h2c',
        'HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA',
      ];
      const w = world();
      const { login, password } = await w.person();
      const body = JSON.stringify({ login, password });
      const head = ['POST /api/v1/signin HTTP/1.1', 'Host: a', ...upgrade, 'Content-Type: application/json'];
      const text = lines(...head, `Content-Length: ${body.length}`, '') + body;
      assert.match(await send(w, text), /^HTTP\/1\.1 200 /);
      const asked = await send(w, lines('GET /health/alive HTTP/1.1', 'Host: a', ...upgrade, ''));
      assert.match(asked, /^HTTP\/1\.1 200 /);
    });

    it('hosts as clients and balancers write them are taken', async () => {
      for (const host of [
        '',
        'a',
        'A.example',
        'a_b:8080',
        '127.0.0.1:',
        '[::1]',
        '[::1]:8080',
        'xn--bcher-kva.example.',
      ]) {
        assert.match(await send(world(), get(`Host: ${host}`)), /^HTTP\/1\.1 200 /, host);
      }
    });

    it('a type that was set twice is one', async () => {
      const twice = post(
        'Connection: close',
        'Content-Type: Application/JSON',
        'Content-Length: 2',
        '',
        '{}',
      );
      assert.match(await send(world(), twice), /^HTTP\/1\.1 204 /);
    });

    it('an expectation that nobody knows is none', async () => {
      assert.match(await send(world(), get('Host: a', 'Expect: wonders')), /^HTTP\/1\.1 200 /);
    });

    it('HTTP/1.0 is answered without chunks, with and without a host, and then closed', async () => {
      const w = world();
      for (const path of ['/health/alive', '/openapi.json', '/docs/js/scalar.js']) {
        const answer = await send(w, lines(`GET ${path} HTTP/1.0`, ''), 20_000);
        assert.match(answer, /^HTTP\/1\.1 200 /);
        assert.doesNotMatch(answer, /^transfer-encoding:/im);
        assert.match(answer, /^connection: close/im);
      }
      const again = lines('GET /health/alive HTTP/1.0', 'Host: a', 'Connection: keep-alive', '');
      assert.equal((await send(w, again + again)).match(/HTTP\/1\.1 200 OK/g)?.length, 2);
    });

    it('OPTIONS of the whole server is answered, as balancers ask whether it lives', async () => {
      for (const version of ['1.0', '1.1']) {
        const answer = await send(
          world(),
          lines(`OPTIONS * HTTP/${version}`, 'Host: a', 'Connection: close', ''),
        );
        assert.match(answer, /^HTTP\/1\.1 204 /);
        assert.match(answer, /^allow: DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT\r$/im);
      }
    });

    it('an answer without a body announces none', async () => {
      const w = world();
      const text = lines(
        'POST /api/v1/signout HTTP/1.1',
        'Host: a',
        'Transfer-Encoding: chunked',
        '',
        '0',
        '',
      );
      for (const answer of [await send(w, text), await send(w, lines('OPTIONS / HTTP/1.1', 'Host: a', ''))]) {
        assert.match(answer, /^HTTP\/1\.1 204 /);
        assert.doesNotMatch(answer, /^(?:transfer-encoding|content-length):/im);
      }
    });

    it('idle connections stay longer than load balancers keep theirs, which clients are not told', async () => {
      const servers: Server[] = [];
      const note = (event: unknown) => void servers.push((event as { server: Server }).server);
      subscribe('http.server.request.start', note);
      const answer = await send(world(), lines('GET /health/alive HTTP/1.1', 'Host: a', ''));
      unsubscribe('http.server.request.start', note);
      const { keepAliveTimeout, keepAliveTimeoutBuffer } = servers[0]!;
      assert.ok(keepAliveTimeout + keepAliveTimeoutBuffer > 600_000);
      assert.match(answer, /^keep-alive: timeout=72\r$/im);
    });

    it('an absolute form, other hosts and forwarded headers change nothing', async () => {
      const w = world();
      const headers = {
        host: 'evil.example',
        'x-forwarded-host': 'evil.example',
        'x-forwarded-proto': 'https',
        'x-forwarded-for': '192.0.2.1',
        'x-original-url': '/api/v1/sessions',
        'x-rewrite-url': '/api/v1/sessions',
        forwarded: 'host=evil.example',
      };
      const { json } = await w.call({ method: 'GET', path: '/.well-known/latchkey', headers });
      assert.equal(json.issuer, w.app.config.publicUrl);
      assert.ok(!JSON.stringify(json).includes('evil'));
      const person = await w.person();
      const answer = await w.call({
        method: 'GET',
        path: '/api/v1/sessions/current',
        headers: { ...headers, ...w.byHeader(person) },
      });
      assert.equal(answer.json.address, '127.0.0.1');
      for (const target of ['http://evil/health/alive', 'HTTPS://evil:444/health/alive?']) {
        const text = lines(`GET ${target} HTTP/1.1`, 'Host: a', 'Connection: close', '');
        assert.match(await send(w, text), /^HTTP\/1\.1 200 /, target);
      }
      for (const target of ['http://evil', 'http://evil?']) {
        const text = lines(`GET ${target} HTTP/1.1`, 'Host: a', 'Connection: close', '');
        assert.match(await send(w, text), /^HTTP\/1\.1 30\d /, target);
      }
      const elsewhere = lines('GET ftp://evil/health/alive HTTP/1.1', 'Host: a', 'Connection: close', '');
      assert.match(await send(w, elsewhere), /^HTTP\/1\.1 404 /);
    });

    it('trailers prove nothing', async () => {
      const w = world();
      const { credential } = await w.person();
      const text = lines(
        'POST /api/v1/sessions/restore HTTP/1.1',
        'Host: a',
        'Connection: close',
        'Content-Type: application/json',
        'Transfer-Encoding: chunked',
        'Trailer: x-session-id',
        '',
        '2',
        '{}',
        '0',
        `x-session-id: ${credential}`,
        '',
      );
      assertRaw(await send(w, text), 401, 'NOT_SIGNED');
    });

    it('two requests in one write get two answers, in order', async () => {
      const w = world();
      const one = lines('GET /health/alive HTTP/1.1', 'Host: a', '');
      const text = await send(w, one + get('Host: a'));
      assert.equal(text.match(/HTTP\/1\.1 200 OK/g)?.length, 2);
    });
  },
  { engines: ['sqlite'] },
);

function assertRaw(answer: string, status: number, code: Parameters<typeof assertProblem>[2]): void {
  const [head = '', ...rest] = answer.split('\r\n\r\n');
  const [first = '', ...fields] = head.split('\r\n');
  assert.match(first, new RegExp(`^HTTP/1\\.1 ${status} `), answer);
  const headers = Object.fromEntries(
    fields.map((field) => [
      field.slice(0, field.indexOf(':')).toLowerCase(),
      field.slice(field.indexOf(':') + 2),
    ]),
  );
  const text = rest.join('\r\n\r\n');
  const json = JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)) as Record<
    string,
    unknown
  >;
  const parsed = { status, headers, text, json, cookies: [] };
  assertCommonHeaders(parsed, { method: '', path: first });
  assertProblem(parsed, status, code);
}

const unknownPaths = [
  '/nowhere',
  '/%zz',
  '/%ff',
  '/api/v1/sessions/%zz',
  `/api/v1/sessions/${'a'.repeat(3000)}`,
  '/api/v1/sessions/current/',
  '/API/v1/sessions/current',
  '//api/v1/sessions/current',
  '/api/v1/../v1/sessions',
  '/api/v1/sessions%2fcurrent',
  '/docs/../package.json',
  '/docs/%2e%2e/%2e%2e/package.json',
  '/docs/js/nothing.js',
  '/metrics',
  '/internal/auth/hash',
];

onEachStore(
  'paths and methods',
  (world) => {
    for (const path of unknownPaths) {
      it(`GET ${path.slice(0, 60)} is 404, and nothing of it is repeated`, async () => {
        const answer = await world().call({ method: 'GET', path });
        assertProblem(answer, 404, 'NOT_FOUND');
        assert.ok(!answer.text.includes(path));
      });
    }

    const wrong: readonly [method: string, path: string, allow: string][] = [
      ['PUT', '/api/v1/signin', 'OPTIONS, POST'],
      ['GET', '/auth/login', 'OPTIONS, POST'],
      ['HEAD', '/auth/login', 'OPTIONS, POST'],
      ['POST', '/api/v1/sessions', 'GET, HEAD, OPTIONS'],
      ['PATCH', '/api/v1/sessions/1/2', 'DELETE, OPTIONS'],
      ['TRACE', '/health/alive', 'GET, HEAD, OPTIONS'],
      ['PROPFIND', '/auth/who-am-i', 'OPTIONS, POST'],
      ['POST', '/openapi.json', 'GET, HEAD, OPTIONS'],
    ];
    for (const [method, path, allow] of wrong) {
      it(`${method} ${path} is 405`, async () => {
        const request: Request = { method, path };
        const answer = await world().call(request);
        assert.equal(answer.status, 405, answer.text);
        if (method !== 'HEAD') assertProblem(answer, 405, 'METHOD_NOT_ALLOWED');
        assert.equal(answer.headers.allow, allow);
      });
    }

    it('every method that Node reads has an answer', async () => {
      // CONNECT asks for a tunnel, which Node answers itself; OPTIONS is taken everywhere.
      for (const method of METHODS.filter((one) => one !== 'CONNECT' && one !== 'OPTIONS')) {
        for (const headers of [{}, { 'content-type': 'application/json' }]) {
          const nowhere = await world().call({ method, path: '/nowhere', headers });
          assert.equal(nowhere.status, 404, `${method} ${nowhere.text}`);
          if (method === 'POST') continue;
          const { status, text } = await world().call({ method, path: '/auth/login', headers });
          assert.equal(status, 405, `${method} ${text}`);
        }
      }
    });

    it('request ids: the own one where it is plain, else a new one', async () => {
      const w = world();
      const ask = (id: string | string[]) =>
        w.call({ method: 'GET', path: '/health/alive', headers: { 'x-request-id': id } });
      assert.equal((await ask('Abc_-123')).headers['x-request-id'], 'Abc_-123');
      for (const id of ['', 'a b', 'a,b', '<script>', 'a'.repeat(65), 'é', ['a', 'b']]) {
        const { headers } = await ask(id);
        assert.notEqual(headers['x-request-id'], String(id));
        assert.match(String(headers['x-request-id']), /^[\w-]{10,64}$/);
      }
      const ids = await Promise.all(Array.from({ length: 20 }, () => ask('')));
      assert.equal(new Set(ids.map(({ headers }) => headers['x-request-id'])).size, 20);
    });
  },
  { engines: ['sqlite'] },
);
