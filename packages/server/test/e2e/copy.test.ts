import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it, type TestContext } from 'node:test';
import { promisify } from 'node:util';
import { createVerifier } from '@latchkey/verify';
import { makeDatabase } from '../support/stores.ts';
import { closeSession, password, signIn, signUp, statusOf, tokenOf } from './support/people.ts';
import { freePort, newFolder, runVerb, type ServerProcess, startServer } from './support/server-process.ts';

const run = promisify(execFile);
const main = join(import.meta.dirname, '../../src/main.ts');
const page = readFileSync(join(import.meta.dirname, '../../../../docs/grow.md'), 'utf8');

/** The commands of a section of docs/grow.md, one block each, without those that run the server. */
function commandsOf(heading: string): string[] {
  const [, section = ''] = page.split(`# ${heading}\n`);
  const [text = ''] = section.split(/^#+ /m);
  const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block]) => block!.trim());
  return blocks.filter((block) => !block.endsWith('npm start'));
}

/** A folder with a shell in which `npx latchkey` is this checkout's, and the settings of a server. */
async function begin(t: TestContext) {
  const { path, remove } = newFolder();
  t.after(remove);
  const bin = join(path, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'npx'), `#!/bin/sh\nshift\nexec '${process.execPath}' '${main}' "$@"\n`);
  chmodSync(join(bin, 'npx'), 0o755);
  const settings = { LATCHKEY_DATA_DIR: join(path, 'data'), PORT: await freePort() };
  const env = {
    PATH: `${bin}:${process.env.PATH}`,
    LATCHKEY_PUBLIC_URL: `http://127.0.0.1:${settings.PORT}`,
    ...settings,
  };
  let server: ServerProcess | undefined;
  t.after(() => server?.end('SIGKILL'));
  return {
    path,
    settings,
    shell: (command: string) => run('sh', ['-c', command], { cwd: path, env }),
    async serve(more: Readonly<Record<string, string>> = {}) {
      server = await startServer({ ...settings, ...more }, { entry: 'cheap' });
      return server;
    },
    async stop() {
      assert.deepEqual(await server!.end('SIGTERM'), { code: 0, signal: null });
    },
    remembered: () => JSON.parse(readFileSync(join(path, 'data', 'log.json'), 'utf8')),
  };
}

/** A verifier of the service, and how often it had to load the whole log. */
async function follow(t: TestContext, issuer: string, serviceKey: string) {
  let loads = 0;
  const ends: string[] = [];
  const verifier = createVerifier({
    issuer,
    serviceKey,
    onSessionEnd: ({ sessionId }) => void ends.push(sessionId),
    async fetch(url, init) {
      const answer = await fetch(url, init);
      if (!String(url).includes('revocations') || answer.body === null) return answer;
      const [body, copy] = answer.body.tee();
      void (async () => {
        for await (const chunk of copy)
          if (/^event: snapshot$/m.test(Buffer.from(chunk).toString())) loads += 1;
      })().catch(() => {});
      return new Response(body, answer);
    },
  });
  t.after(() => verifier.close());
  await verifier.ready();
  return { verifier, ends, loads: () => loads };
}

it('docs/grow.md, word for word: nobody is signed out on the way to PostgreSQL, back, and by going back', async (t) => {
  const { url: database, store } = await makeDatabase('postgres', (undo) => t.after(undo), { empty: true });
  await store.close();
  const { path, settings, shell, serve, stop, remembered } = await begin(t);
  let { client, url } = await serve();
  const { key } = await runVerb(['services', 'add', 'orders'], settings);
  const person = await signUp(client);
  const other = await signIn(client, person);
  const closed = await signIn(client, person);
  const token = await tokenOf(client, person);
  const closedToken = await tokenOf(client, closed);
  const { verifier, ends, loads } = await follow(t, url, String(key));
  await verifier.authenticate(closedToken, closed.credential);
  await closeSession(client, closed, person);
  await until(() => ends.length === 1);

  const [writeUrl, copy, doctor, ...rest] = commandsOf('From SQLite to PostgreSQL');
  assert.deepEqual(rest, []);
  await shell(writeUrl!.replace(/'postgres:.*'/, `'${database}'`));
  const running = await shell(copy!).catch((error: { code: number; stderr: string }) => error);
  assert.match(running.stderr, /^STORE: The source .*Another process uses the database .*Stop every server/);
  assert.deepEqual([await statusOf(client, person), await statusOf(client, other)], [200, 200]);
  await stop();
  const before = remembered();
  const { stdout } = await shell(copy!);
  assert.match(stdout, /^Copied \d+ rows/);
  assert.deepEqual(remembered(), before);

  const moved = { LATCHKEY_DATABASE_URL_FILE: join(path, 'new-database-url') };
  assert.match(page, /^LATCHKEY_DATABASE_URL_FILE=new-database-url npm start$/m);
  ({ client, url } = await serve(moved));
  assert.deepEqual([await statusOf(client, person), await statusOf(client, other)], [200, 200]);
  assert.equal(await statusOf(client, closed), 440);
  await until(() => verifier.status().connected);
  assert.equal((await verifier.authenticate(token, person.credential)).sessionId, person.sessionId);
  await assert.rejects(verifier.authenticate(closedToken, closed.credential), { reason: 'revoked' });
  assert.equal(loads(), 1, 'the verifier resumed where it was');
  const newer = await signUp(client);
  assert.equal(await statusOf(client, newer), 200);
  assert.match((await shell(doctor!)).stdout, /^ok {7}database: /m);

  await closeSession(client, other, person);
  await until(() => ends.length === 2);
  assert.deepEqual(ends, [closed.sessionId, other.sessionId]);
  await stop();
  assert.deepEqual(remembered().log, before.log);
  assert.ok(remembered().head > before.head);

  const [back, ...none] = commandsOf('If you want to go back');
  assert.deepEqual(none, []);
  await shell(back!);
  ({ client } = await serve({ LATCHKEY_DATABASE_URL: `sqlite:${join(path, 'data/latchkey-2.db')}` }));
  assert.deepEqual(
    await Promise.all([person, newer, other, closed].map((one) => statusOf(client, one))),
    [200, 200, 440, 440],
  );
  await stop();

  // The old file does not know what was closed since, so it lets nobody in.
  ({ client } = await serve());
  assert.deepEqual([await statusOf(client, person), await statusOf(client, other)], [440, 440]);
  assert.equal(
    (
      await client.call({
        method: 'POST',
        path: '/api/v1/signin',
        json: { login: person.login, password },
      })
    ).status,
    200,
  );
});

async function until(met: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!met()) {
    assert.ok(performance.now() < deadline, `never came true: ${met}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
