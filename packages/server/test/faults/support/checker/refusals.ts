import { allOf, type CheckAnswer, type Of } from '../history.ts';
import { type Bounds, wasGood } from './bounds.ts';
import type { World } from './world.ts';

const causes: Partial<Record<CheckAnswer, 'close' | 'change'>> = { refused: 'close', stale: 'change' };

/** C4: nothing is refused that nobody has ended, whatever is broken. */
export function refusesNothingElse(world: World): string[] {
  return allOf(world.history, 'check').flatMap((check) => {
    const { node, token, end, answer, reason = '' } = check;
    const way = causes[answer];
    if (way === undefined) return [];
    const caused = world.endingsOf(token).some((ending) => ending.way === way && ending.start < end);
    return caused ? [] : [`${node} answered ${answer} (${reason}) for ${token}, which was good`];
  });
}

/** A token's own time never runs out in a run, unless clocks are moved in it. */
export function keepsTime(world: World): string[] {
  return allOf(world.history, 'check')
    .filter(({ answer }) => answer === 'untimely')
    .map(({ node, token, reason }) => `${node} took ${token} to be out of its time (${reason})`);
}

/** A node that can be reached says so: it heals within its bound. And nothing fails in a way that nobody foresaw. */
export function answersWhenReached(world: World, bounds: Bounds): string[] {
  const bad = (check: Of<'check'>) =>
    check.answer === 'failed' ||
    (check.answer === 'unavailable' &&
      wasGood(world, world.node(check.node), check.start, check.end, bounds));
  return allOf(world.history, 'check')
    .filter(bad)
    .map(({ node, token, answer, reason = '' }) => `${node} answered ${answer} (${reason}) for ${token}`);
}

/** C7: an ending is answered with done, unless its server cannot be reached. */
export function endsWhenReached(world: World, bounds: Bounds): string[] {
  const servers = world.nodes().filter(({ kind }) => kind === 'server');
  return allOf(world.history, 'end')
    .filter(({ answer }) => answer !== 'done')
    .filter(
      ({ answer, start, end }) =>
        answer === 'failed' || servers.every((server) => wasGood(world, server, start, end, bounds)),
    )
    .map(({ way, session, answer }) => `the ${way} of ${session} was answered ${answer}`);
}
