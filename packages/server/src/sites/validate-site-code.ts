import type { Context } from '../kernel/context.ts';
import { codeKeyOf, codeTakenError } from './site.ts';

/** Checks that a code is free. Throws INVALID_DATA, and CONFLICT when a site has it. */
export async function validateSiteCode(ctx: Context, code: string): Promise<void> {
  if (await ctx.read.sites.findByCode(codeKeyOf(code))) throw codeTakenError();
}
