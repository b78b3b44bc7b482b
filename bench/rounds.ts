/** Something that is measured once per round and says how much it got done per second. */
export type Side = () => Promise<number>;

/**
 * Plays the sides in turn, A B A B …, and the order is turned round in every second round. One round before
 * the first warms up and is thrown away. Answers with the rates of every side, round by round.
 */
export async function playRounds<Name extends string>(
  rounds: number,
  sides: Readonly<Record<Name, Side>>,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(sides) as Name[];
  const rates = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (const name of names) await sides[name]();
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) rates[name].push(await sides[name]());
  }
  return rates;
}
