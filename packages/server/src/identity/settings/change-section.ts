import type { Context } from '../../kernel/context.ts';
import { changedParameters, type ParameterChanges, type Section } from './settings.ts';
import { writeSection } from './write-section.ts';

/**
 * Sets, removes and increases single parameters of a section; changes that come at once are all kept. Throws what
 * `changedParameters` throws.
 */
export function changeSection(
  ctx: Context,
  input: { readonly id: string; readonly changes: ParameterChanges },
): Promise<Section> {
  return ctx.transaction(async (tx) => {
    const present = await tx.settings.lock(input.id);
    return writeSection(ctx, tx, present, changedParameters(present.parameters, input.changes));
  });
}
