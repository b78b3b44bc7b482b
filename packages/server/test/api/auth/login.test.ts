import assert from 'node:assert/strict';
import { createPublicKey, verify } from 'node:crypto';
import { it } from 'node:test';
import { setAccountActive } from '../../../src/identity/accounts/set-account-active.ts';
import { claimsOf } from '../../support/auth.ts';
import { refused, run, scenario } from '../../support/scenario.ts';
import { newPassword, onEachStore, type Proof } from '../../support/world.ts';

const login = (username: unknown, password: unknown) => ({
  method: 'POST',
  path: '/auth/login',
  json: { username, password },
});

onEachStore('Login', (world) => {
  run(world, [
    scenario({
      name: 'gives a token for the cookie that it sets',
      given: (w) => w.person(),
      request: ({ login: name, password }) => login(name, password),
      cookie: 'set',
      body: ({ id }) => ({ userId: Number(id) }),
      async afterwards({ id }, answer, w) {
        const { token, expiresAt, sessionId } = answer.json as unknown as Proof;
        const [credential] = answer.cookies.map(({ value }) => value);
        assert.deepEqual(Object.keys(answer.json).sort(), ['expiresAt', 'sessionId', 'token', 'userId']);
        assert.ok(credential!.startsWith(`${sessionId}.`));
        assert.ok(!answer.text.includes(credential!.slice(23)), 'the credential is in the cookie alone');
        const claims = claimsOf(token);
        const { publicUrl } = w.app.config;
        assert.partialDeepStrictEqual(claims, { iss: publicUrl, aud: publicUrl, sub: id, sid: sessionId });
        assert.partialDeepStrictEqual(claims, { exp: expiresAt, roles: [], amr: ['pwd'] });
        assert.equal(Number(claims.exp) - Number(claims.iat), 300);
        assert.equal(claims.rev, await w.head());
        await w.assertLive({ credential: credential! });
      },
    }),
    scenario({
      name: 'by the id of the account, whatever cookies are there',
      given: (w) => w.person(),
      request: ({ id, password }, w) => ({
        ...login(id, password),
        headers: { cookie: `${w.cookieName}=a; ${w.cookieName}=b`, 'x-session-id': 'c' },
      }),
      cookie: 'set',
    }),
    refused('a missing password', { ...login('a', undefined) }, 'INVALID_DATA'),
    refused('a number for a name', login(1, 'a'), 'INVALID_DATA'),
  ]);

  it('fails in one way, to the byte but for the id of the request', async () => {
    const w = world();
    const { login: name, password } = await w.person();
    const disabled = await w.person();
    await setAccountActive(w.app.context, { accountId: disabled.id, active: false });
    const attempts = [
      login('nobody-at-all', password),
      login('', ''),
      login('4503599627370497', password),
      login('a b\u0000', password),
      login('n'.repeat(5000), password),
      login(name, newPassword()),
      login(name, ''),
      login(name, password.slice(0, -1)),
      login(name, 'p'.repeat(5000)),
      login(disabled.login, disabled.password),
      login(disabled.login, newPassword()),
    ];
    const texts = new Set<string>();
    for (const attempt of attempts) {
      const answer = await w.call({ ...attempt, headers: { 'x-request-id': 'same' } });
      assert.equal(answer.status, 401);
      assert.deepEqual(answer.cookies, []);
      texts.add(answer.text);
    }
    assert.deepEqual([...texts].length, 1, [...texts].join('\n'));
    assert.match([...texts][0]!, /"code":"INVALID_CREDENTIALS"/);
  });

  it('issues tokens that the published keys verify', async () => {
    const w = world();
    const { token } = await w.login(await w.person());
    const [header, payload, signature] = token.split('.') as [string, string, string];
    const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string };
    const { json } = await w.call({ method: 'GET', path: '/.well-known/jwks.json' });
    const jwk = (json.keys as { kid: string; d?: string }[]).find((key) => key.kid === kid)!;
    assert.equal(jwk.d, undefined);
    const key = createPublicKey({ key: jwk as never, format: 'jwk' });
    const signed = Buffer.from(`${header}.${payload}`);
    assert.ok(
      verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url')),
    );
  });
});
