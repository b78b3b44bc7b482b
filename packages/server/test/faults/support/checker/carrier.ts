import { allOf, type Of } from '../history.ts';
import type { World } from './world.ts';

/** Every end that was answered is in the stream once, one that was asked for at most once, and no other one is. */
export function carriesEachEndOnce(world: World): string[] {
  const stream = allOf(world.history, 'stream').at(-1);
  if (stream === undefined) return [];
  const counts = new Map<string, number>();
  for (const { session } of stream.events) counts.set(session, (counts.get(session) ?? 0) + 1);
  const closes = closesOf(world);
  return [
    ...[...closes.values()]
      .filter(({ session, answer, end }) => answer === 'done' && end < stream.at && !counts.has(session))
      .map(({ session }) => `the end of ${session} is lost`),
    ...[...counts].filter(([, n]) => n > 1).map(([session, n]) => `the end of ${session} came ${n} times`),
    ...[...counts.keys()]
      .filter((session) => !closes.has(session))
      .map((session) => `the end of ${session} came, which nobody closed`),
  ];
}

/** The stream has the order of each log, and an end that was answered before another one was asked for is before it. */
export function carriesInOrder(world: World): string[] {
  const events = allOf(world.history, 'stream').at(-1)?.events ?? [];
  const closes = closesOf(world);
  const last = new Map<string, number>();
  const found: string[] = [];
  let latest: Of<'end'> | undefined;
  for (const { id, session } of events) {
    const [log = '', seq] = id.split(':');
    if (Number(seq) < (last.get(log) ?? 0)) found.push(`${id} came after entry ${last.get(log)}`);
    last.set(log, Number(seq));
    const close = closes.get(session);
    if (close === undefined) continue;
    if (latest !== undefined && close.answer === 'done' && close.end < latest.start) {
      found.push(`the end of ${session} came after that of ${latest.session}, which was asked for later`);
    }
    if (latest === undefined || close.start > latest.start) latest = close;
  }
  return found;
}

function closesOf(world: World): ReadonlyMap<string, Of<'end'>> {
  const closes = allOf(world.history, 'end').filter(({ way }) => way === 'close');
  return new Map(closes.map((close) => [close.session, close]));
}
