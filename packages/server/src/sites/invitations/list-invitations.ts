import type { Context } from '../../kernel/context.ts';
import type { SiteId } from '../../kernel/ids.ts';
import type { Page, PageRequest } from '../../kernel/pages.ts';
import { findSite } from '../find-site.ts';
import { aliveInvitations, type Invitation } from './invitation.ts';
import type { InvitationFilter } from './store.ts';

export interface ListInvitationsInput {
  readonly siteId: SiteId;
  readonly filter: Pick<InvitationFilter, 'action' | 'status' | 'search'>;
  readonly page: PageRequest;
}

/** Lists the site's invitations and requests to join, newest first. Throws NOT_FOUND. */
export async function listInvitations(ctx: Context, input: ListInvitationsInput): Promise<Page<Invitation>> {
  const { siteId, filter, page } = input;
  await findSite(ctx, siteId);
  return ctx.read.invitations.list({ ...filter, siteId }, aliveInvitations(ctx.clock), page);
}
