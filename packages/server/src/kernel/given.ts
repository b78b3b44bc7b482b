/** The members of T with those that may be undefined made optional. */
export type Given<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The object without the members that are undefined, for what distinguishes "not given" from "given as undefined". */
export function given<T extends object>(members: T): Given<T> {
  const present: Partial<T> = {};
  for (const name of Object.keys(members) as (keyof T)[]) {
    if (members[name] !== undefined) present[name] = members[name];
  }
  return present as Given<T>;
}
