import type { Context } from '../../kernel/context.ts';
import { applyParameterChanges, type ParameterChanges, type Section } from './settings.ts';
import { writeSection } from './write-section.ts';

/**
 * Sets, removes and increments single parameters of a section. Concurrent changes are all kept. Throws what
 * `applyParameterChanges` throws.
 */
export function changeSection(
  ctx: Context,
  input: { readonly id: string; readonly changes: ParameterChanges },
): Promise<Section> {
  return ctx.transaction(async (tx) => {
    const present = await tx.settings.lock(input.id);
    return writeSection(ctx, tx, present, applyParameterChanges(present.parameters, input.changes));
  });
}
