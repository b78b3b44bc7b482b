import type { Context } from '../../kernel/context.ts';
import { checkParameters, type Parameters, type Section } from './settings.ts';
import { writeSection } from './write-section.ts';

/** Replaces all parameters of a section. Throws INVALID_DATA. */
export function replaceSection(
  ctx: Context,
  input: {
    readonly id: string;
    readonly parameters: Parameters;
    /** Throws when the section is not what the caller takes it for. */
    readonly check?: (present: Section) => void;
  },
): Promise<Section> {
  const parameters = checkParameters(input.parameters);
  return ctx.transaction(async (tx) => {
    const present = await tx.settings.lock(input.id);
    input.check?.(present);
    return writeSection(ctx, tx, present, parameters);
  });
}
