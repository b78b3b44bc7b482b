import type { Context } from '../../kernel/context.ts';
import { applyParameterChanges, type ParameterChanges, type Section } from './settings.ts';
import { writeSection } from './write-section.ts';

/**
 * Sets, removes and increments single parameters of a section. Concurrent changes are all kept. Throws what
 * `applyParameterChanges` throws.
 */
export function changeSection(
  ctx: Context,
  input: {
    readonly id: string;
    readonly changes: ParameterChanges;
    /** Throws when the section is not what the caller takes it for. */
    readonly check?: (present: Section) => void;
  },
): Promise<Section> {
  return ctx.transaction(async (tx) => {
    const present = await tx.settings.lock(input.id);
    input.check?.(present);
    return writeSection(ctx, tx, present, applyParameterChanges(present.parameters, input.changes));
  });
}
