import type { Store } from './context.ts';

/** Runs transactions of the store one after the other, in the order in which they were asked for. */
export function oneAtATime(store: Pick<Store, 'transaction'>): Pick<Store, 'transaction'> {
  let last: Promise<unknown> = Promise.resolve();
  return {
    transaction(work) {
      const result = last.then(() => store.transaction(work));
      last = result.catch(() => {});
      return result;
    },
  };
}
