import type { Context } from '../../kernel/context.ts';
import { checkParameters, type Parameters, type Section } from './settings.ts';
import { writeSection } from './write-section.ts';

/** Puts the parameters in the place of all that the section had. Throws INVALID_DATA. */
export function replaceSection(
  ctx: Context,
  input: { readonly id: string; readonly parameters: Parameters },
): Promise<Section> {
  const parameters = checkParameters(input.parameters);
  return ctx.transaction(async (tx) => {
    return writeSection(ctx, tx, await tx.settings.lock(input.id), parameters);
  });
}
