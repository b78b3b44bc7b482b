import { allOf, type Of } from '../history.ts';
import { type Bounds, cutSince, mustKnowFrom } from './bounds.ts';
import { sessionOf, type World } from './world.ts';

const ms = (time: number) => `${time.toFixed(0)} ms`;

/** C2 and C3: what has ended is accepted by the server never again, by a verifier not beyond its bound. */
export function refusesWhatEnded(world: World, bounds: Bounds): string[] {
  return accepted(world).flatMap(({ node: name, token, start }) => {
    const node = world.node(name);
    return world
      .endingsOf(token)
      .filter(({ known }) => known < start)
      .filter(({ known }) => start > mustKnowFrom(node, known, bounds) + world.pausedBetween(known, start))
      .map(({ way, known }) => `${name} accepted ${token} ${ms(start - known)} after its ${way}`);
  });
}

/** C2: what a node has refused once it does not accept again, restarts included. */
export function staysRefused(world: World): string[] {
  const refused = new Map<string, number>();
  for (const { node, token, end, answer } of allOf(world.history, 'check')) {
    const key = `${node} ${answer === 'refused' ? sessionOf(token) : token}`;
    if (answer === 'refused' || answer === 'stale') refused.set(key, Math.min(end, refused.get(key) ?? end));
  }
  return accepted(world).flatMap(({ node, token, start }) => {
    const keys = new Set([`${node} ${sessionOf(token)}`, `${node} ${token}`]);
    const since = Math.min(...[...keys].map((key) => refused.get(key) ?? Number.POSITIVE_INFINITY));
    return since < start ? [`${node} accepted ${token} ${ms(start - since)} after it had refused it`] : [];
  });
}

/** C3: a verifier that nothing reaches accepts nothing beyond its limit of staleness. */
export function stopsWhenCut(world: World, { slack }: Bounds): string[] {
  return accepted(world).flatMap(({ node: name, token, start, end }) => {
    const node = world.node(name);
    // A question that was answered when the way was open again is no matter.
    const since = node.kind === 'verifier' ? cutSince(node, start, end) : undefined;
    if (since === undefined) return [];
    const limit = node.maxStaleness + slack + world.pausedBetween(since, start);
    return start - since > limit
      ? [`${name} accepted ${token} ${ms(start - since)} after it was cut off`]
      : [];
  });
}

/** Token and credential are compared: one with the other's is accepted nowhere. */
export function comparesCredentials(world: World): string[] {
  return allOf(world.history, 'mixed')
    .filter(({ answer }) => answer === 'accepted')
    .map(({ node, token }) => `${node} accepted ${token} with another session's credential`);
}

function accepted(world: World): readonly Of<'check'>[] {
  return allOf(world.history, 'check').filter(({ answer }) => answer === 'accepted');
}
