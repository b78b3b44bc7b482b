import type { Context } from '../../kernel/context.ts';
import type { Section } from './settings.ts';

/** Finds a section. One that was never set is empty and has no time. */
export async function findSection(ctx: Context, id: string): Promise<Section> {
  return (await ctx.read.settings.find(id)) ?? { id, parameters: {} };
}
