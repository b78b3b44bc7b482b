import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createVerifier, type Verifier } from '@latchkey/verify';
import { openRaw } from '../../e2e/support/database.ts';
import { closeSession, type Person, signIn, signUp, statusOf, tokenOf } from '../../e2e/support/people.ts';
import {
  freePort,
  newFolder,
  runVerb,
  type ServerProcess,
  startProcess,
  startServer,
} from '../../e2e/support/server-process.ts';

/** Within which every server notices a restored database. Milliseconds. */
export const bound = 2000;

type Settings = Readonly<Record<string, string>>;

/** Servers on one database, a verifier in another process than theirs, and people from before and after a backup. */
export interface Installation {
  readonly servers: readonly ServerProcess[];
  readonly settings: Settings;
  readonly verifier: Verifier;
  readonly people: {
    /** Closed after the backup. */
    readonly closed: Person;
    /** Open in the backup. */
    readonly open: Person;
    /** Opened after the backup. */
    readonly lost: Person;
  };
  readonly tokens: { readonly closed: string; readonly lost: string };
}

/** Starts servers on the database, and has somebody close one session and open another one after `backUp`. */
export async function install(
  t: TestContext,
  databaseUrl: string,
  count: number,
  backUp: (settings: Settings) => Promise<void>,
): Promise<Installation> {
  const ports = await Promise.all(Array.from({ length: count }, () => freePort()));
  const issuer = `http://127.0.0.1:${ports[0]}`;
  const settingsOf = (PORT: string) => {
    const folder = newFolder();
    t.after(() => folder.remove());
    return {
      PORT,
      LATCHKEY_DATABASE_URL: databaseUrl,
      LATCHKEY_DATA_DIR: folder.path,
      LATCHKEY_PUBLIC_URL: issuer,
      LATCHKEY_MASTER_KEY: 'ab'.repeat(32),
    };
  };
  const all = ports.map(settingsOf);
  const servers: ServerProcess[] = [];
  for (const each of all) servers.push(await startServer(each, { entry: 'cheap' }));
  t.after(() => Promise.all(servers.map((server) => server.end('SIGKILL'))));
  const settings = all[0]!;
  const { key } = await runVerb(['services', 'add', 'orders'], settings);
  const { client } = servers[0]!;
  const other = servers.at(-1)!.client;
  const closed = await signUp(client);
  const open = await signIn(client, closed);
  // So that the log of the backup has entries.
  await closeSession(client, await signIn(client, closed), open);
  const verifier = createVerifier({ issuer, serviceKey: String(key), logger: { info() {}, warn() {} } });
  t.after(() => verifier.close());
  await verifier.ready();
  const token = await tokenOf(client, closed);
  await verifier.authenticate(token, closed.credential);
  await backUp(settings);
  const lost = await signIn(other, closed);
  const tokens = { closed: token, lost: await tokenOf(client, lost) };
  await verifier.authenticate(tokens.lost, lost.credential);
  await closeSession(other, closed, open);
  await until('the verifier refuses', async () => (await answerOf(verifier, token, closed)) !== 'accepted');
  for (const server of servers) assert.equal(await statusOf(server.client, closed), 440);
  return { servers, settings, verifier, people: { closed, open, lost }, tokens };
}

export async function answerOf(verifier: Verifier, token: string, { credential }: Person): Promise<string> {
  try {
    await verifier.authenticate(token, credential);
    return 'accepted';
  } catch (error) {
    return (error as Error).name;
  }
}

/**
 * Restores, and looks at what every server and the verifier say meanwhile. Afterwards nothing from before is accepted
 * anywhere, one server has closed the sessions, and everybody goes on. Returns the milliseconds after the end of
 * `restore` in which the last server had noticed it.
 */
export async function assertNoticed(
  t: TestContext,
  { servers, settings, verifier, people, tokens }: Installation,
  restore: () => Promise<void>,
): Promise<number> {
  const { closed, open, lost } = people;
  const wrong: string[] = [];
  let over = false;
  let restoredAt = Number.POSITIVE_INFINITY;
  let lastAccepted = 0;
  async function watch(name: string, ask: () => Promise<string | number>) {
    while (!over) {
      const answer = await ask().catch((error: Error) => error.message);
      const late = performance.now() - restoredAt;
      if (answer === 'accepted') wrong.push(`the verifier accepted what was closed, after ${late} ms`);
      if (answer === 500) wrong.push(`500 of ${name} after ${late} ms`);
      if (answer === 200) lastAccepted = Math.max(lastAccepted, late);
      await sleep(5);
    }
  }
  const watching = [
    watch('verifier', () => answerOf(verifier, tokens.closed, closed)),
    ...servers.flatMap(({ client }, i) =>
      [closed, open].map((who) => watch(`server ${i}`, () => statusOf(client, who))),
    ),
  ];
  try {
    await restore();
    restoredAt = performance.now();
    lastAccepted = 0;
    for (const { client } of servers) {
      for (const who of [closed, open, lost])
        await until('sessions are closed', async () => (await statusOf(client, who)) === 440);
    }
    const followed = () =>
      Promise.all(servers.map(async (server) => server.stdout().includes('followed again')));
    await until('every server goes on', async () => (await followed()).every(Boolean));
    await until(
      'the verifier refuses the lost session',
      async () => (await answerOf(verifier, tokens.lost, lost)) !== 'accepted',
    );
    // All of them may have been told already; nothing may come back.
    await sleep(300);
  } finally {
    over = true;
    await Promise.all(watching);
  }
  const told = servers.flatMap((server) => server.stdout().match(/a backup was restored\. All/g) ?? []);
  assert.deepEqual(wrong, [], [...wrong, ...servers.flatMap(failuresOf)].join('\n'));
  assert.equal(told.length, 1, 'one server decides');
  assert.ok(lastAccepted < bound, `accepted for ${lastAccepted} ms`);
  await assertGoesOn(servers, verifier, people.open);
  const database = await openRaw(settings.LATCHKEY_DATABASE_URL!);
  t.after(() => database.close());
  const [row] = await database.rows('select max(closing) as closing from former_logs');
  assert.equal(row?.closing, 0);
  const doctor = startProcess(['doctor', '--json'], settings);
  await doctor.exited;
  assert.match(doctor.stdout(), /One was noticed at .* sessions were closed/);
  return lastAccepted;
}

/** What a server logged of requests that failed. */
function failuresOf(server: ServerProcess): string[] {
  return server
    .stdout()
    .split('\n')
    .filter((line) => line.includes('"level":50'));
}

/** Nobody was signed out, and a session that is opened on one server is good everywhere. */
export async function assertGoesOn(
  servers: readonly ServerProcess[],
  verifier: Verifier,
  who: Person,
): Promise<void> {
  for (const { client } of servers) {
    let again: Person | undefined;
    await until('people sign in', async () => {
      again = await signIn(client, who).catch(() => undefined);
      return again !== undefined;
    });
    for (const each of servers) assert.equal(await statusOf(each.client, again!), 200);
    const token = await tokenOf(client, again!);
    await until('the verifier accepts', async () => (await answerOf(verifier, token, again!)) === 'accepted');
    const second = await signIn(client, who);
    await closeSession(client, second, again!);
    for (const each of servers) assert.equal(await statusOf(each.client, second), 440);
  }
}

export async function until(what: string, met: () => Promise<boolean>, limit = 10_000): Promise<void> {
  const deadline = performance.now() + limit;
  while (!(await met())) {
    assert.ok(performance.now() < deadline, `never came true: ${what}`);
    await sleep(10);
  }
}
