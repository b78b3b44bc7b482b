import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { assertKept } from './support/checker.ts';
import { full } from './support/full.ts';
import { type Network, now } from './support/history.ts';
import { prepareRun, type Run } from './support/run.ts';
import { type Fault, startProxy } from './support/tcp-proxy.ts';
import type { VerifierSettings } from './support/verifiers.ts';
import { startWorkload } from './support/workload.ts';

const maxStaleness = 4000;

/** What is done to the ways of a verifier to its server, one after the other. */
interface Plan {
  readonly onStale: VerifierSettings['onStale'];
  /** Whether online questions meet the same fault as the feed. */
  readonly questionsToo?: true;
  readonly steps: readonly Step[];
}

interface Step {
  readonly fault: Fault;
  /** What it leaves of the way to the server. */
  readonly leaves: Network;
  /** Milliseconds. */
  readonly lasts: number;
  /** Milliseconds for which the network is good afterwards. */
  readonly rest?: number;
}

const cut = { fault: { kind: 'cut' }, leaves: 'cut' } as const;
const stall = { fault: { kind: 'stall', direction: 'down' }, leaves: 'cut' } as const;
const halfOpen = { fault: { kind: 'stall', direction: 'up' }, leaves: 'poor' } as const;
const bad = (kind: 'duplicate' | 'reorder' | 'truncate' | 'garble') =>
  ({ fault: { kind }, leaves: 'poor', lasts: 1500 }) as const;

const plans: Record<string, Plan> = {
  'reject, cut': {
    onStale: 'reject',
    steps: [
      { ...cut, lasts: 1000 },
      { ...cut, lasts: maxStaleness + 2000 },
    ],
  },
  'reject, stalled': {
    onStale: 'reject',
    steps: [
      { ...stall, lasts: maxStaleness + 2500 },
      { fault: { kind: 'stall', direction: 'both' }, leaves: 'cut', lasts: 1000 },
    ],
  },
  'introspect, feed cut': {
    onStale: 'introspect',
    steps: [
      { ...cut, leaves: 'poor', lasts: maxStaleness + 2000 },
      { ...stall, leaves: 'poor', lasts: 1500 },
    ],
  },
  'introspect, all cut': {
    onStale: 'introspect',
    questionsToo: true,
    steps: [
      { ...cut, lasts: maxStaleness + 2000 },
      { ...stall, lasts: 1500 },
    ],
  },
  'reject, bytes changed': {
    onStale: 'reject',
    steps: [bad('duplicate'), bad('reorder'), bad('truncate'), bad('garble')].map((step) => ({
      ...step,
      rest: 2000,
    })),
  },
  'reject, entries lost': {
    onStale: 'reject',
    steps: [{ fault: { kind: 'lose-entries' }, leaves: 'poor', lasts: maxStaleness + 3000 }],
  },
  'reject, late and half-open': {
    onStale: 'reject',
    steps: [
      { fault: { kind: 'delay', ms: 1200 }, leaves: 'poor', lasts: 3000, rest: 3000 },
      { ...halfOpen, lasts: 2000, rest: 1000 },
      // The dead connection is noticed when nothing has come over it for five seconds.
      { fault: { kind: 'silent' }, leaves: 'poor', lasts: 5000, rest: 3500 },
    ],
  },
};

describe('the feed, over a network that fails', () => {
  it('never lets a verifier accept what was closed, or refuse what is good', async (t) => {
    const run = await prepareRun(t);
    const server = await run.serve();
    const { record, verifiers, history } = run;
    const admin = await run.makeAdmin(server);
    const begun = await Promise.all(Object.entries(plans).map(([node, plan]) => begin(t, run, node, plan)));
    for (const { node } of begun) await verifiers.ready(node);
    const { client } = server;
    const show = verifiers.show.bind(verifiers);
    const hide = ({ token }: { readonly token: string }) => verifiers.hide(token);
    const workload = startWorkload({ client, admin, record, show, hide, shown: maxStaleness + 3000 });
    for (let round = 0; round < (full ? 8 : 1); round += 1) {
      await Promise.all(begun.map(({ play }) => play()));
    }
    await workload.stop();
    await sleep(3500);
    await run.readLog();
    await verifiers.status();

    t.diagnostic(`${history.length} operations`);
    assertKept(history);
    for (const { node } of begun) {
      const said = history.filter((each) => each.what === 'check' && each.node === node);
      const answers = new Set(said.map((each) => each.what === 'check' && each.answer));
      for (const answer of ['accepted', 'refused', 'stale'])
        assert.ok(answers.has(answer as never), `${node} never ${answer}`);
    }
  });
});

/** Begins a verifier behind proxies of its own. */
async function begin(t: TestContext, run: Run, node: string, { onStale, questionsToo, steps }: Plan) {
  const { issuer, serviceKey, record, settings } = run;
  const feed = await startProxy(Number(settings.PORT));
  const questions = await startProxy(Number(settings.PORT));
  t.after(() => Promise.all([feed.close(), questions.close()]));
  const ports = { feed: feed.port, questions: questions.port };
  run.verifiers.begin({ node, issuer, serviceKey, maxStaleness, onStale, ports });

  async function play(): Promise<void> {
    for (const { fault, leaves, lasts, rest = 4000 } of steps) {
      const delay = fault.kind === 'delay' ? fault.ms : 0;
      record({ what: 'network', node, state: leaves, at: now(), delay });
      feed.set(fault);
      if (questionsToo) questions.set(fault);
      await sleep(lasts);
      feed.set({ kind: 'none' });
      questions.set({ kind: 'none' });
      record({ what: 'network', node, state: 'good', at: now() });
      await sleep(rest);
    }
  }
  return { node, play };
}
