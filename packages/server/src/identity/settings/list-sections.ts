import type { Context } from '../../kernel/context.ts';
import type { Page, PageRequest } from '../../kernel/pages.ts';
import type { Section } from './settings.ts';
import type { SectionFilter } from './store.ts';

/** Sections that were set, the latest change first. */
export function listSections(
  ctx: Context,
  input: { readonly filter: SectionFilter; readonly page: PageRequest },
): Promise<Page<Section>> {
  return ctx.read.settings.list(input.filter, input.page);
}
