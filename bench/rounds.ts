import { readFileSync } from 'node:fs';

/** How much was done per second, and per second that a processor spent on it. */
export interface Rate {
  wall: number;
  cpu: number;
}

/** Something that is measured once per round. */
export type Side = () => Promise<Rate>;

/**
 * Plays the sides in turn, A B A B …, and the order is turned round in every second round. One round before
 * the first warms up and is thrown away. Answers with the rates of every side, round by round.
 */
export async function playRounds<Name extends string>(
  rounds: number,
  sides: Readonly<Record<Name, Side>>,
): Promise<Record<Name, Rate[]>> {
  const names = Object.keys(sides) as Name[];
  const rates = Object.fromEntries(names.map((name) => [name, [] as Rate[]])) as Record<Name, Rate[]>;
  for (const name of names) await sides[name]();
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) rates[name].push(await sides[name]());
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

/** User and system time of all threads, from /proc: in steps of 10 ms. */
function cpuSeconds(pid: number): number {
  // The name, in brackets, may hold spaces.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
