import assert from 'node:assert/strict';
import { it } from 'node:test';
import { onEachStore } from '../../support/world.ts';

onEachStore('the published keys', (world) => {
  it('hold the key of every token, and no private part', async () => {
    const w = world();
    const { token } = await w.login(await w.person());
    const { kid } = JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString()) as { kid: string };
    const { json, text, headers } = await w.call({ method: 'GET', path: '/.well-known/jwks.json' });
    assert.ok((json.keys as { kid: string }[]).some((key) => key.kid === kid));
    assert.ok(!/"(d|p|q|k)":/.test(text), 'no private part of a key');
    assert.equal(headers['cache-control'], 'no-cache', 'a cache could hold back a new key');
  });
});
