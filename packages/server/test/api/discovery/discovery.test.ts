import assert from 'node:assert/strict';
import { it } from 'node:test';
import { onEachStore } from '../../support/world.ts';

onEachStore('discovery', (world) => {
  it('leads to what it names', async () => {
    const w = world();
    const { json } = await w.call({ method: 'GET', path: '/.well-known/latchkey' });
    assert.equal(json.cookie, w.cookieName);
    assert.equal(json.token_ttl, 300);
    for (const name of ['jwks_uri', 'openapi', 'docs']) {
      const { status } = await w.call({ method: 'GET', path: new URL(String(json[name])).pathname });
      assert.ok(status < 400, name);
    }
  });
});
