import { allOf } from '../history.ts';
import { type Bounds, mustKnowFrom } from './bounds.ts';
import type { Node, World } from './world.ts';

/** C6: a verifier tells its service of each end once, in the order of the log. */
export function tellsOnceInOrder(world: World): string[] {
  const last = new Map<string, number>();
  const seen = new Set<string>();
  return allOf(world.history, 'told').flatMap(({ node, session, seq }) => {
    const found: string[] = [];
    if (seq < (last.get(node) ?? 0)) found.push(`${node} told of ${seq} after ${last.get(node)}`);
    if (seen.has(`${node} ${session}`)) found.push(`${node} told twice of the end of ${session}`);
    last.set(node, seq);
    seen.add(`${node} ${session}`);
    return found;
  });
}

/** Of every end that a verifier lived through it has told its service when the run is over. */
export function tellsOfEveryEnd(world: World, bounds: Bounds): string[] {
  const told = new Set(allOf(world.history, 'told').map(({ node, session }) => `${node} ${session}`));
  const verifiers = world.nodes().filter(({ kind }) => kind === 'verifier');
  const done = allOf(world.history, 'end').filter(({ way, answer }) => way === 'close' && answer === 'done');
  const due = (node: Node, known: number) => {
    const healthy = node.spans.at(-1)?.state === 'good';
    const lived = known > node.at + bounds.heal;
    const late = healed(node, known, bounds) + world.pausedBetween(known, world.end);
    return healthy && lived && late < world.end;
  };
  return verifiers.flatMap((node) =>
    done
      .filter(({ session, end }) => due(node, end) && !told.has(`${node.name} ${session}`))
      .map(({ session }) => `${node.name} never told of the end of ${session}`),
  );
}

/** While it is cut off a verifier may refuse by its staleness alone; it tells of an end when it is in touch again. */
function healed(node: Node, known: number, bounds: Bounds): number {
  const since = node.spans.at(-1)?.from ?? known;
  return Math.max(mustKnowFrom(node, known, bounds), since + bounds.heal + bounds.slack);
}
