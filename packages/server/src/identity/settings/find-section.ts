import type { Context } from '../../kernel/context.ts';
import type { Section } from './settings.ts';

/** The section; an empty one without a time when it was never set. */
export async function findSection(ctx: Context, id: string): Promise<Section> {
  return (await ctx.read.settings.find(id)) ?? { id, parameters: {} };
}
