/** The address that a session shows, by what proxies write. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { onEachStore, type World } from '../support/world.ts';

async function addressFor(w: World, forwarded: string | readonly string[], more = {}): Promise<unknown> {
  const { login, password } = await person(w);
  const headers = { 'x-forwarded-for': forwarded, ...more };
  const answer = await w.call({
    method: 'POST',
    path: '/api/v1/signin',
    headers,
    json: { login, password },
  });
  assert.equal(answer.status, 200, answer.text);
  assert.equal((await w.session(String(answer.json.id).split('.')[0]!))?.address, answer.json.address);
  return answer.json.address;
}

const people = new WeakMap<World, ReturnType<World['person']>>();
function person(w: World) {
  if (!people.has(w)) people.set(w, w.person());
  return people.get(w)!;
}

/** What a trusted proxy writes, and whose address that is. The peer itself is 127.0.0.1. */
const cases: readonly [forwarded: string | readonly string[], address: string][] = [
  ['203.0.113.7', '203.0.113.7'],
  // Azure's Application Gateway and IIS.
  ['203.0.113.7:54321', '203.0.113.7'],
  ['[2001:db8::7]:54321', '2001:db8::7'],
  ['[2001:db8::7]', '2001:db8::7'],
  ['"[2001:db8::7]:54321"', '2001:db8::7'],
  ['"203.0.113.7"', '203.0.113.7'],
  ['2001:DB8:0:0:0:0:0:7', '2001:db8::7'],
  ['2001:0db8::0007', '2001:db8::7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['::FFFF:cb00:7107', '203.0.113.7'],
  ['[::ffff:203.0.113.7]:443', '203.0.113.7'],
  ['fe80::1%eth0', 'fe80::1'],
  ['[fe80::1%25]:80', 'fe80::1'],
  [' 203.0.113.7 ', '203.0.113.7'],
  ['\t203.0.113.7', '203.0.113.7'],
  // The last one that is no trusted proxy; what the client writes before it counts for nothing.
  ['198.51.100.1, 203.0.113.7', '203.0.113.7'],
  ['198.51.100.1, 203.0.113.7:80, 10.1.2.3:41000', '203.0.113.7'],
  ['203.0.113.7, ::ffff:10.1.2.3, [fd00:0:0::9]:443, 10.9.8.7', '203.0.113.7'],
  ['198.51.100.1,203.0.113.7,FD00::A', '203.0.113.7'],
  [['198.51.100.1', '203.0.113.7:1', '10.1.2.3'], '203.0.113.7'],
  ['203.0.113.7,,', '203.0.113.7'],
  [', 203.0.113.7', '203.0.113.7'],
  // All of them trusted: the first one asked.
  ['10.1.2.3', '10.1.2.3'],
  ['10.1.2.3:5, fd00::7', '10.1.2.3'],
  // What is none is the peer's, or that of the proxy that wrote it.
  ...['', ',', ' , ', 'unknown', '_hidden', 'for=203.0.113.7', 'client.example', '203.0.113', '203.0.113.7:']
    .concat([
      '203.0.113.256',
      '0x7f000001',
      '3405803783',
      '203.0.113.07',
      '203.0.113.7/24',
      '203.0.113.7:123456',
    ])
    .concat([
      '[203.0.113.7',
      '[2001:db8::7]:x',
      '2001:db8::7::1',
      '<script>',
      '203.0.113.7 10.0.0.1',
      '"',
      '[]',
    ])
    .map((text): [string, string] => [text, '127.0.0.1']),
  ['203.0.113.7, unknown', '127.0.0.1'],
  ['203.0.113.7, unknown, 10.1.2.3', '10.1.2.3'],
  [`${'203.0.113.7,'.repeat(1000)}203.0.113.8:9`, '203.0.113.8'],
];

onEachStore(
  'behind a proxy that is trusted',
  (world) => {
    for (const [forwarded, address] of cases) {
      it(`${JSON.stringify(forwarded).slice(0, 80)} is ${address}`, async () => {
        assert.equal(await addressFor(world(), forwarded), address);
      });
    }

    it('other fields than X-Forwarded-For are not read, and no link is made of any', async () => {
      const w = world();
      const more = {
        forwarded: 'for=198.51.100.9;host=evil.example;proto=https',
        'cf-connecting-ip': '198.51.100.9',
        'true-client-ip': '198.51.100.9',
        'x-real-ip': '198.51.100.9',
        'x-client-ip': '198.51.100.9',
        'x-forwarded-host': 'evil.example, other.example',
        'x-forwarded-proto': 'HTTPS,http',
        'x-forwarded-prefix': '/evil',
        'x-forwarded-port': '444',
        via: '1.1 evil',
      };
      assert.equal(await addressFor(w, '203.0.113.7:1', more), '203.0.113.7');
      assert.equal(await addressFor(w, [], more), '127.0.0.1');
      const told = await w.call({ method: 'GET', path: '/.well-known/latchkey', headers: more });
      assert.equal(told.json.issuer, w.app.config.publicUrl);
      for (const path of ['/.well-known/latchkey', '/docs', '/openapi.json', '/']) {
        const answer = await w.call({ method: 'GET', path, headers: more });
        assert.ok(!/evil|other\.example/.test(answer.text + JSON.stringify(answer.headers)), path);
      }
    });
  },
  {
    engines: ['sqlite'],
    env: { LATCHKEY_TRUSTED_PROXIES: '::ffff:127.0.0.0/104, 10.0.0.0/8, FD00::/8' },
  },
);

onEachStore(
  'behind nobody who is trusted',
  (world) => {
    it('the peer is the client, whatever it says', async () => {
      for (const text of ['203.0.113.7', '203.0.113.7:1', 'unknown', '127.0.0.1']) {
        assert.equal(await addressFor(world(), text), '127.0.0.1');
      }
    });
  },
  { engines: ['sqlite'], env: { LATCHKEY_TRUSTED_PROXIES: '10.0.0.0/8' } },
);

onEachStore(
  'listening on both protocols',
  (world) => {
    it('shows IPv4 as IPv4, and trusts it as such', async () => {
      const w = world();
      assert.equal(await addressFor(w, []), '127.0.0.1');
      assert.equal(await addressFor(w, '203.0.113.7:1'), '203.0.113.7');
    });
  },
  { engines: ['sqlite'], env: { HOST: '::', LATCHKEY_TRUSTED_PROXIES: '127.0.0.1' } },
);
