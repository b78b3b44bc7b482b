/** Calls the step, which does at most `size` things, until it does fewer than that. How many were done in all. */
export async function runInBatches(size: number, step: (size: number) => Promise<number>): Promise<number> {
  let count = 0;
  for (;;) {
    const done = await step(size);
    count += done;
    if (done < size) return count;
  }
}
