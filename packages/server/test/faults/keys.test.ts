import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createVerifier } from '@latchkey/verify';
import { runVerb } from '../e2e/support/server-process.ts';
import { answerOf } from './support/answers.ts';
import { assertKept } from './support/checker.ts';
import { full } from './support/full.ts';
import { now } from './support/history.ts';
import { signUp } from './support/people.ts';
import { prepareRun } from './support/run.ts';
import { askServer, type Held } from './support/server-checks.ts';
import { startWorkload } from './support/workload.ts';

const seconds = full ? 90 : 10;

it('keys that are rotated every second refuse nobody', async (t) => {
  const run = await prepareRun(t);
  const { record, verifiers, history, issuer, serviceKey, settings } = run;
  const server = await run.serve();
  const { client } = server;
  const port = Number(settings.PORT);
  for (const onStale of ['reject', 'introspect'] as const) {
    const ports = { feed: port, questions: port };
    verifiers.begin({ node: onStale, issuer, serviceKey, maxStaleness: 4000, onStale, ports });
    await verifiers.ready(onStale);
  }
  const signers = new Set<string>();
  const show = (held: Held) => {
    signers.add(keyOf(held.jwt));
    verifiers.show(held);
  };
  const hide = ({ token }: Held) => verifiers.hide(token);
  // Their tokens were signed before any rotation.
  const old = await (await signUp(client)).session.token();
  show(old);
  const admin = await run.makeAdmin(server);
  const workload = startWorkload({ client, admin, record, show, hide, shown: 5000 });
  const end = performance.now() + seconds * 1000;
  let rotations = 0;
  while (performance.now() < end) {
    const next = performance.now() + 1000;
    await runVerb(['keys', 'rotate'], settings);
    rotations += 1;
    await sleep(Math.max(0, next - performance.now()));
  }
  await workload.stop();
  await sleep(1500);
  await run.readLog();
  await verifiers.status();
  t.diagnostic(
    `${rotations} rotations were asked for, ${signers.size} keys signed, ${history.length} operations`,
  );
  assertKept(history);
  // A key takes over when every verifier can know it: at once for the first time, then after 35 s.
  assert.ok(signers.size >= (full ? 3 : 2), `${signers.size} keys signed`);
  assert.equal(await askServer(client, old, 'authenticate', record), 'accepted');
});

it('a key that is revoked is refused everywhere within a second, and nobody is signed out', async (t) => {
  const run = await prepareRun(t);
  const { issuer, serviceKey, settings, record } = run;
  const { client } = await run.serve();
  const verifier = createVerifier({ issuer, serviceKey, onStale: 'reject' });
  t.after(() => verifier.close());
  await verifier.ready();
  const { session } = await signUp(client);
  const held = await session.token();
  const ask = async ({ jwt, credential }: Held) =>
    (await answerOf(verifier.authenticate(jwt, credential)))[0];
  assert.equal(await ask(held), 'accepted');
  await runVerb(['keys', 'revoke', keyOf(held.jwt)], settings);
  const revoked = now();
  const refusals = { verifier: 0, server: 0 };
  while (refusals.verifier === 0 || refusals.server === 0) {
    if (refusals.verifier === 0 && (await ask(held)) === 'refused') refusals.verifier = now() - revoked;
    const said = refusals.server === 0 && (await askServer(client, held, 'authenticate', record));
    if (said === 'refused') refusals.server = now() - revoked;
    assert.ok(now() - revoked < 10_000, JSON.stringify(refusals));
    await sleep(5);
  }
  t.diagnostic(
    `refused by the verifier after ${refusals.verifier.toFixed(0)} ms, by the server after ${refusals.server.toFixed(0)} ms`,
  );
  assert.ok(Math.max(refusals.verifier, refusals.server) < 2000, JSON.stringify(refusals));
  assert.equal(await askServer(client, held, 'current', record), 'accepted');
  const renewed = await session.token();
  assert.notEqual(keyOf(renewed.jwt), keyOf(held.jwt));
  assert.equal(await ask(renewed), 'accepted');
  assert.equal(await ask(held), 'refused');
});

/** The key that signed a token. */
function keyOf(jwt: string): string {
  const header = Buffer.from(jwt.split('.')[0]!, 'base64url').toString();
  return String((JSON.parse(header) as { readonly kid: unknown }).kid);
}
