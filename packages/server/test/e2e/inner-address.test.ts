/** Verifiers for which the public URL leads nowhere: its name does not resolve where they run. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, describe, it } from 'node:test';
import { createVerifier } from '@latchkey/verify';
import { createClient } from '../support/client.ts';
import { openWorld, type World } from '../support/world.ts';
import { until } from './support/edge.ts';
import { closeSession, type Person, signIn, signUp, tokenOf } from './support/people.ts';
import { freePort, startProcess } from './support/server-process.ts';

for (const publicUrl of ['http://auth.invalid', 'https://auth.invalid/id']) {
  describe(`a server whose public URL is ${publicUrl}`, () => {
    let w: World;
    let client: ReturnType<typeof createClient>;
    let inner: string;
    let serviceKey: string;
    before(async () => {
      w = await openWorld({ env: { LATCHKEY_PUBLIC_URL: publicUrl } });
      client = createClient(w.port);
      inner = `http://127.0.0.1:${w.port}`;
      serviceKey = await w.serviceKey();
    });
    after(async () => {
      client.close();
      await w.close();
    });

    for (const path of ['', new URL(publicUrl).pathname]) {
      it(`is followed by a library that connects to an inner address, and the path '${path}'`, async (t) => {
        const verifier = createVerifier({ issuer: publicUrl, connectTo: inner + path, serviceKey });
        t.after(() => verifier.close());
        await verifier.ready({ timeout: 5000 });
        assert.equal(verifier.issuer, publicUrl);
        const person = await signUp(client);
        const token = await tokenOf(client, person);
        const caller = await verifier.authenticate(token, person.credential);
        const page = await verifier.authenticateCookie(person.credential);
        assert.deepEqual([String(caller.userId), page.userId], [person.userId, caller.userId]);
        const ended = once(caller.signal, 'abort');
        await closeSession(client, person, await signIn(client, person));
        await ended;
        await assert.rejects(verifier.authenticate(token, person.credential), {
          code: 'INVALID_CREDENTIALS',
        });
      });
    }

    it('is asked online where the log does not come', async (t) => {
      const verifier = createVerifier({
        issuer: publicUrl,
        connectTo: inner,
        serviceKey,
        fetch: (url, init) =>
          String(url).endsWith('/auth/revocations') ? Promise.reject(new Error('no feed')) : fetch(url, init),
      });
      t.after(() => verifier.close());
      await until(async () => verifier.status().failure === 'no feed');
      const person = await signUp(client);
      const token = await tokenOf(client, person);
      const check = () => verifier.authenticate(token, person.credential);
      await until(async () => Boolean(await check()));
      await closeSession(client, person, await signIn(client, person));
      await assert.rejects(check(), { code: 'INVALID_CREDENTIALS' });
    });

    it('is followed by forward authentication', async (t) => {
      const PORT = await freePort();
      const { child, exited, stdout } = startProcess(['verifier'], {
        PORT,
        LATCHKEY_PUBLIC_URL: publicUrl,
        LATCHKEY_ISSUER_CONNECT: `${inner}/`,
        LATCHKEY_SERVICE_KEY: serviceKey,
        LATCHKEY_SIGN_IN_URL: '',
        LATCHKEY_SERVICE_HOST: '10.43.7.11',
      });
      t.after(() => child.kill('SIGKILL'));
      const get = async (path: string, headers = {}) =>
        (await fetch(`http://127.0.0.1:${PORT}${path}`, { headers })).status;
      await until(async () => (await get('/health/ready')) === 200);
      const person = await signUp(client);
      const name = publicUrl.startsWith('https:') ? '__Host-x-session-id' : 'x-session-id';
      const headersOf = async ({ credential }: Person) => ({
        authorization: `Bearer ${await tokenOf(client, person)}`,
        cookie: `${name}=${credential}`,
      });
      const headers = await headersOf(person);
      assert.equal(await get('/verify', headers), 204);
      await closeSession(client, person, await signIn(client, person));
      await until(async () => (await get('/verify', headers)) === 401);
      child.kill('SIGTERM');
      assert.deepEqual(await exited, { code: 0, signal: null });
      assert.match(stdout(), /Empty, so not set: LATCHKEY_SIGN_IN_URL\./);
      assert.match(stdout(), /Left alone, as Kubernetes or Docker made them: LATCHKEY_SERVICE_HOST\./);
    });
  });
}

it('an issuer that cannot be reached is told in words', async (t) => {
  const warnings: string[] = [];
  const logger = { info: () => {}, warn: (message: string) => void warnings.push(message) };
  const verifier = createVerifier({ issuer: 'http://auth.invalid', serviceKey: 'lks_none', logger });
  t.after(() => verifier.close());
  await until(async () => verifier.status().failure !== undefined);
  assert.match(verifier.status().failure!, /auth\.invalid/);
  await until(async () => warnings.length === 2);
  for (const warning of warnings) assert.match(warning, /getaddrinfo \w+ auth\.invalid/);
});
