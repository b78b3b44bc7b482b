import type { BaseContext } from '../context.ts';

/** Learns from the database whether the clock was set back, and tells it: it counts from when the first process saw it. */
export async function shareSetBack(ctx: Pick<BaseContext, 'clock' | 'read' | 'transaction' | 'logger'>) {
  const before = ctx.clock.setBack();
  const stored = await ctx.read.clock.find();
  ctx.clock.learn(stored);
  const setBack = ctx.clock.setBack();
  if (setBack?.to === stored.to) return;
  await ctx.transaction((tx) => tx.clock.save(setBack));
  if (setBack === undefined || before?.to === setBack.to) return;
  ctx.logger.warn(
    { seconds: Math.round((setBack.latest - setBack.to) / 1000) },
    'Times are stored that lie ahead: the clock was ahead and was set back, or it is behind.',
  );
}
