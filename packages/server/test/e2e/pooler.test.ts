import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createVerifier, type Verifier } from '@latchkey/verify';
import { type PoolMode, startPgBouncer } from '../support/pgbouncer.ts';
import { makeDatabase } from '../support/stores.ts';
import { closeSession, signIn, signUp, statusOf, tokenOf } from './support/people.ts';
import { freePort, newFolder, runVerb, startProcess, startServer } from './support/server-process.ts';

const bound = 1000;

for (const mode of ['session', 'transaction'] satisfies PoolMode[]) {
  it(`two servers behind PgBouncer in ${mode} mode are one service`, async (t) => {
    const { url } = await makeDatabase('postgres', (undo) => t.after(undo), { empty: true });
    const bouncer = await startPgBouncer(url, mode);
    t.after(() => bouncer.close());
    const ports = [await freePort(), await freePort()];
    const issuer = `http://127.0.0.1:${ports[0]}`;
    const folder = newFolder();
    t.after(() => folder.remove());
    const settings = {
      LATCHKEY_DATABASE_URL: bouncer.urlOf(url),
      LATCHKEY_DATA_DIR: folder.path,
      LATCHKEY_PUBLIC_URL: issuer,
      LATCHKEY_MASTER_KEY: '00112233445566778899aabbccddeeff'.repeat(2),
    };
    const servers = await Promise.all(
      ports.map((PORT) => startServer({ ...settings, PORT }, { entry: 'cheap' })),
    );
    t.after(() => Promise.all(servers.map((server) => server.end('SIGKILL'))));
    const [here, there] = servers.map(({ client }) => client);
    const { key } = await runVerb(['services', 'add', 'one'], settings);
    // It follows the other server than the one that closes.
    const verifier = createVerifier({
      issuer,
      serviceKey: String(key),
      onStale: 'reject',
      fetch: (input, init) =>
        fetch(String(input instanceof Request ? input.url : input).replace(ports[0]!, ports[1]!), init),
    });
    t.after(() => verifier.close());
    await verifier.ready();

    const delays: number[] = [];
    for (let round = 0; round < 6; round += 1) {
      const laptop = await signUp(here!);
      const phone = await signIn(there!, laptop);
      const asked = Array.from({ length: 60 }, (_, i) => statusOf(i % 2 ? here! : there!, laptop));
      assert.deepEqual([...new Set(await Promise.all(asked))], [200]);
      const token = await tokenOf(there!, laptop);
      await verifier.authenticate(token, laptop.credential);
      await closeSession(here!, laptop, phone);
      const begin = performance.now();
      assert.equal(await statusOf(there!, laptop), 440);
      await untilRefused(verifier, token, laptop.credential);
      delays.push(performance.now() - begin);
      assert.equal(await statusOf(there!, phone), 200);
    }
    t.diagnostic(`refused after ${delays.map(Math.round).join(', ')} ms`);
    assert.ok(Math.max(...delays) < bound, `${delays}`);

    const doctor = async (more: Record<string, string>) => {
      const run = startProcess(['doctor', '--json'], { ...settings, ...more });
      await run.exited;
      const { checks } = JSON.parse(run.stdout()) as { checks: { name: string; message: string }[] };
      return checks.filter(({ name }) => name === 'database').map(({ message }) => message);
    };
    const [answers, advice] = await doctor({});
    assert.match(answers!, /answers/);
    assert.match(advice!, /reached through a pooler\. Set LATCHKEY_DATABASE_LISTEN_URL/);
    assert.equal((await doctor({ LATCHKEY_DATABASE_LISTEN_URL: url })).length, 1);

    for (const server of servers) {
      assert.deepEqual(await server.end('SIGTERM'), { code: 0, signal: null });
      assert.equal(server.stderr(), '');
      const told = server
        .stdout()
        .split('\n')
        .filter((line) => line.includes('"level":40'));
      assert.equal(told.length, 1, told.join('\n'));
      assert.match(told[0]!, /Set LATCHKEY_DATABASE_LISTEN_URL/);
    }
  });
}

async function untilRefused(verifier: Verifier, token: string, credential: string): Promise<void> {
  for (;;) {
    const accepted = await verifier.authenticate(token, credential).then(
      () => true,
      () => false,
    );
    if (!accepted) return;
    await sleep(1);
  }
}
