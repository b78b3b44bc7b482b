import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseEntry, Replica } from '@latchkey/verify/internal';

/** A service that asks for the log now and then, of whichever server its load balancer gives it. */
export interface Poller {
  /** From now on it asks these, one after the other, each time another one. */
  ask(ports: readonly string[]): void;
  /** The positions of all entries that it was given, as they came. */
  readonly seqs: readonly number[];
  readonly position: number;
  /** How often each port was asked. */
  readonly asked: ReadonlyMap<string, number>;
  refuses(sessionId: string): boolean;
  /** Asks no more. Rejects with what went wrong, such as a gap. */
  stop(): Promise<void>;
}

/** Starts one that asks `every` milliseconds, and at once while there is more. */
export function startPoller(
  serviceKey: string,
  first: readonly string[],
  { every, id }: { readonly every: number; readonly id?: string },
): Poller {
  const replica = new Replica();
  const seqs: number[] = [];
  const asked = new Map<string, number>();
  const headers = {
    accept: 'application/json',
    authorization: `Bearer ${serviceKey}`,
    ...(id !== undefined && { 'latchkey-verifier': id }),
  };
  let ports = first;
  let turn = 0;
  let stopped = false;

  async function poll(): Promise<boolean> {
    turn += 1;
    const port = ports[turn % ports.length]!;
    const { position } = replica;
    const query = position === undefined ? '' : `?after=${position}`;
    const answer = await fetch(`http://127.0.0.1:${port}/auth/revocations${query}`, { headers });
    assert.equal(answer.status, 200);
    const page = (await answer.json()) as Page;
    asked.set(port, (asked.get(port) ?? 0) + 1);
    assert.equal(page.snapshot, position === undefined, 'it can always resume');
    const entries = page.entries.map((entry) => parseEntry(entry as never));
    seqs.push(...entries.map(({ seq }) => seq));
    const seconds = performance.now() / 1000;
    const { from = 0 } = page;
    if (page.snapshot) replica.applySnapshot({ from, position: page.position, entries }, seconds);
    else for (const entry of entries) assert.ok(replica.applyEntry(entry, seconds), 'nothing comes twice');
    assert.equal(replica.position, page.position);
    return page.position < page.head;
  }

  const running = (async () => {
    while (!stopped) if (!(await poll())) await sleep(every);
  })();
  running.catch(() => {});
  return {
    ask(others) {
      ports = others;
    },
    seqs,
    asked,
    get position() {
      return replica.position ?? -1;
    },
    refuses: (sid) =>
      replica.check({ sid, userId: 1, rev: Number.MAX_SAFE_INTEGER, kid: '', sites: [] })?.action ===
      'reject',
    async stop() {
      stopped = true;
      await running;
    },
  };
}

interface Page {
  readonly snapshot: boolean;
  readonly from?: number;
  readonly position: number;
  readonly head: number;
  readonly entries: readonly unknown[];
}
