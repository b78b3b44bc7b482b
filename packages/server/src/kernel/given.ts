/** What `given` leaves of a type: a member that may be undefined is optional. */
export type Given<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** A copy without the members that are undefined, for types that tell an absent member from an undefined one. */
export function given<T extends object>(members: T): Given<T> {
  const left: Record<string, unknown> = {};
  for (const name in members) if (members[name] !== undefined) left[name] = members[name];
  return left as Given<T>;
}

/** The value turned into something else; undefined stays undefined. */
export function ifGiven<T, U>(value: T | undefined, turn: (value: T) => U): U | undefined {
  return value === undefined ? undefined : turn(value);
}
