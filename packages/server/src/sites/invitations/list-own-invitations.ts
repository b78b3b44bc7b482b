import type { Context } from '../../kernel/context.ts';
import { emailKeyOf } from '../../kernel/email-address.ts';
import { given } from '../../kernel/given.ts';
import type { AccountId } from '../../kernel/ids.ts';
import type { Page, PageRequest } from '../../kernel/pages.ts';
import { aliveInvitations, type Invitation } from './invitation.ts';
import type { InvitationFilter } from './store.ts';

export interface ListOwnInvitationsInput {
  readonly accountId: AccountId;
  readonly filter: Pick<InvitationFilter, 'action' | 'status'>;
  readonly page: PageRequest;
}

/** Lists invitations to the account's verified address, and all that are about the account, newest first. */
export async function listOwnInvitations(
  ctx: Context,
  { accountId, filter, page }: ListOwnInvitationsInput,
): Promise<Page<Invitation>> {
  const settings = await ctx.read.emailSettings.find(accountId);
  const emailKey = settings?.verified ? emailKeyOf(settings.email) : undefined;
  const addressee = { accountId, ...given({ emailKey }) };
  return ctx.read.invitations.list({ ...filter, addressee }, aliveInvitations(ctx.clock), page);
}
