import { allOf } from '../history.ts';
import type { World } from './world.ts';

/** C6: the log's positions follow on each other, up to its head. */
export function isGapFree(world: World): string[] {
  return allOf(world.history, 'log').flatMap(({ pruned, head, entries }) => {
    const wrong = entries.findIndex(({ seq }, i) => seq !== pruned + 1 + i);
    if (wrong !== -1) return [`the log has ${entries[wrong]!.seq} where ${pruned + 1 + wrong} belongs`];
    const last = entries.at(-1)?.seq ?? pruned;
    return last === head ? [] : [`the log's head is ${head}, its last entry ${last}`];
  });
}

/** C1 and C2: what was in the log once stays as it was, restarts included, until it is pruned. */
export function isAppendOnly(world: World): string[] {
  const known = new Map<number, string>();
  let most = 0;
  return allOf(world.history, 'log').flatMap(({ head, entries }) => {
    const found: string[] = [];
    if (head < most) found.push(`the log's head went back from ${most} to ${head}`);
    most = Math.max(most, head);
    for (const { seq, sessions } of entries) {
      const text = sessions.join();
      if (known.has(seq) && known.get(seq) !== text) found.push(`the log's entry ${seq} has changed`);
      known.set(seq, text);
    }
    return found;
  });
}

/** The end of each session is told by exactly one entry: those whose end was answered have one, nobody else has. */
export function hasOneEntryForEachEnd(world: World): string[] {
  const logs = allOf(world.history, 'log');
  const last = logs.at(-1);
  if (last === undefined) return [];
  const seqs = new Map<string, Set<number>>();
  for (const { entries } of logs) {
    for (const { seq, sessions } of entries) {
      for (const session of sessions) seqs.set(session, (seqs.get(session) ?? new Set()).add(seq));
    }
  }
  const closes = allOf(world.history, 'end').filter(({ way }) => way === 'close');
  const asked = new Set(closes.map(({ session }) => session));
  const done = new Set(
    closes.filter(({ answer, end }) => answer === 'done' && end < last.at).map(({ session }) => session),
  );
  return [
    ...[...seqs].filter(([, { size }]) => size > 1).map(([id, { size }]) => `${size} entries end ${id}`),
    ...[...done].filter((id) => !seqs.has(id)).map((id) => `no entry ends ${id}, although it was closed`),
    ...[...seqs.keys()]
      .filter((id) => !asked.has(id))
      .map((id) => `an entry ends ${id}, which nobody closed`),
  ];
}
