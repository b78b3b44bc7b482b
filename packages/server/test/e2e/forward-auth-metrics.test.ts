import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Header, startEdge, until } from './support/edge.ts';
import { signUp } from './support/people.ts';
import { freePort, runVerb } from './support/server-process.ts';

describe('the metrics of forward authentication', () => {
  it('tell what came of questions and how far it is, on a port of their own', async (t) => {
    const LATCHKEY_METRICS_PORT = await freePort();
    const own = await startEdge({ LATCHKEY_METRICS_PORT });
    t.after(() => own.close());
    const url = `http://127.0.0.1:${LATCHKEY_METRICS_PORT}`;
    const figures = async () => {
      const answer = await fetch(`${url}/metrics`);
      assert.match(answer.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
      const lines = [...(await answer.text()).matchAll(/^latchkey_([^ ]+) (\S+)$/gm)];
      return Object.fromEntries(lines.map(([, name, value]) => [name, Number(value)]));
    };
    const none = {
      'checks_total{outcome="accepted"}': 0,
      'checks_total{outcome="anonymous"}': 0,
      'checks_total{outcome="INVALID_CREDENTIALS"}': 0,
      'checks_total{outcome="TOKEN_STALE"}': 0,
      'checks_total{outcome="UNAVAILABLE"}': 0,
      'checks_total{outcome="NOT_IN_ROLE"}': 0,
      'checks_total{outcome="NOT_IN_SITE_ROLE"}': 0,
      'checks_total{outcome="REAUTH_REQUIRED"}': 0,
      'checks_total{outcome="INVALID_DATA"}': 0,
      verifier_connected: 1,
      verifier_position: 0,
      verifier_lag: 0,
      verifier_entries: 0,
      verifier_cache_size: 0,
      verifier_cache_hits_total: 0,
      verifier_cache_misses_total: 0,
      verifier_exchanges_total: 0,
    };
    const {
      verifier_staleness_seconds: age,
      verifier_clock_difference_seconds: off,
      ...begin
    } = await figures();
    assert.ok(age! < 10 && Math.abs(off!) < 10);
    assert.deepEqual(begin, none);

    const person = await signUp(own.server.client);
    const headers = await own.proofOf(person);
    const table: [path: string, headers: Header[]][] = [
      ['/verify', headers],
      ['/verify', headers],
      ['/verify?optional=true', []],
      ['/verify', []],
      ['/verify?role=admin', headers],
      ['/verify?role=site:user&site=77', headers],
      ['/verify?nonsense', headers],
      ['/health/ready', headers],
    ];
    for (const [path, sent] of table) await own.ask(path, sent);
    await runVerb(['sessions', 'close', person.sessionId], own.settings);
    await until(async () => (await own.ask('/verify', headers)).status === 401);
    const {
      verifier_staleness_seconds: _,
      verifier_clock_difference_seconds: __,
      ...after
    } = await figures();
    const refused = after['checks_total{outcome="INVALID_CREDENTIALS"}']!;
    assert.ok(refused >= 2);
    const accepted = after['checks_total{outcome="accepted"}']!;
    assert.ok(accepted >= 2);
    assert.deepEqual(after, {
      ...none,
      'checks_total{outcome="accepted"}': accepted,
      'checks_total{outcome="anonymous"}': 1,
      'checks_total{outcome="INVALID_CREDENTIALS"}': refused,
      'checks_total{outcome="NOT_IN_ROLE"}': 1,
      'checks_total{outcome="NOT_IN_SITE_ROLE"}': 1,
      'checks_total{outcome="INVALID_DATA"}': 1,
      verifier_position: 1,
      verifier_entries: 1,
      verifier_cache_size: 1,
      verifier_cache_hits_total: accepted + 2,
      verifier_cache_misses_total: 1,
    });
    assert.equal((await fetch(url)).status, 404);
    assert.equal((await own.ask('/metrics', [])).status, 404);
    own.server.child.kill('SIGSTOP');
    await until(async () => (await figures()).verifier_connected === 0);
    own.server.child.kill('SIGCONT');
    own.forwardAuth.child.kill('SIGTERM');
    assert.deepEqual(await own.forwardAuth.exited, { code: 0, signal: null });
  });
});
