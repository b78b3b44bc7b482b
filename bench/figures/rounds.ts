import { cpuSeconds } from './proc.ts';

/** How much was done per second, and per second that a processor spent on it. */
export interface Rate {
  wall: number;
  cpu: number;
}

/** Something that is measured once per round. */
export type Side = () => Promise<Rate>;

/**
 * Plays the sides that are given in turn, A B A B …, and turns the order round in every second round. One round before
 * the first warms up and is thrown away. The rates of every side, round by round.
 */
export async function playRounds(
  rounds: number,
  sides: Readonly<Record<string, Side | undefined>>,
): Promise<Record<string, Rate[]>> {
  const given = Object.entries(sides).flatMap(([name, play]) => (play ? [{ name, play }] : []));
  const rates: Record<string, Rate[]> = Object.fromEntries(given.map(({ name }) => [name, []]));
  for (const { play } of given) await play();
  for (let round = 0; round < rounds; round++) {
    for (const { name, play } of round % 2 === 0 ? given : given.toReversed())
      rates[name]!.push(await play());
  }
  return rates;
}

/** Runs the load and relates what it did to the processor time that the process took for it. */
export async function rateOf(
  pid: number,
  load: () => Promise<{ count: number; perSecond: number }>,
): Promise<Rate> {
  const before = cpuSeconds(pid);
  const { count, perSecond } = await load();
  return { wall: perSecond, cpu: count / (cpuSeconds(pid) - before) };
}
