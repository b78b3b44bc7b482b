import type { Mutation } from './mutation.ts';

const wall = 'packages/server/src/kernel/clock/wall-clock.ts';
const test = 'packages/server/test/service/stored-times.test.ts';

/** Ways to believe what a clock that was wrong has stored. */
export const clockMutations: readonly Mutation[] = [
  {
    what: 'a wait of a clock that was ahead holds until then',
    file: wall,
    find: 'return Math.max(0, this.#meet(until - longest) + longest - now);',
    replace: 'return until - now;',
    test,
  },
  {
    what: 'queries believe what lies ahead',
    file: wall,
    find: 'upTo: isOver ? now + longest + maxSkew : never',
    replace: 'upTo: never',
    test,
  },
  {
    what: 'what lies ahead holds once more when its time comes',
    file: 'packages/server/src/kernel/clock/settle-times.ts',
    find: 'now - setBack.to < patience',
    replace: 'now - setBack.to < patience * 10_000',
    test,
  },
  {
    what: 'a clock that is right again stays behind',
    file: 'packages/server/src/kernel/clock/wall-clock.ts',
    find: 'else if (this.#setBackTo !== undefined) this.#setBackTo = undefined;',
    replace: '',
    test: 'packages/server/src/kernel/clock/wall-clock.test.ts',
  },
  {
    what: 'a process that starts later counts anew',
    file: 'packages/server/src/kernel/clock/share-set-back.ts',
    find: 'await ctx.transaction((tx) => tx.clock.save(setBack));',
    replace: '',
    test: 'packages/server/test/service/clock-set-back.test.ts',
  },
];
