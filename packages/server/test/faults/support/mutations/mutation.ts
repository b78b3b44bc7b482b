/** One way to break the product on purpose. */
export interface Mutation {
  /** What is broken, in a few words. */
  readonly what: string;
  /** From the root of the repository. */
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
  /** The test file that must fail, from the root; and of its tests those of that name, where not all are needed. */
  readonly test: string;
  readonly name?: string;
}

const faults = 'packages/server/test/faults';

/** The test files that are named most. */
export const tests = {
  feed: `${faults}/feed.test.ts`,
  entries: `${faults}/entries.test.ts`,
  kill: `${faults}/kill.test.ts`,
  start: `${faults}/start.test.ts`,
  outages: `${faults}/outages.test.ts`,
  clocks: `${faults}/clocks.test.ts`,
  keys: `${faults}/keys.test.ts`,
  readers: `${faults}/readers.test.ts`,
};
