import type { Context } from '../../kernel/context.ts';
import type { AccountId } from '../../kernel/ids.ts';
import type { Page, PageRequest } from '../../kernel/pages.ts';
import { emailKeyOf } from '../../kernel/text.ts';
import type { Invitation } from './invitation.ts';
import type { InvitationFilter } from './store.ts';

export interface ListOwnInvitationsInput {
  readonly accountId: AccountId;
  readonly filter: Pick<InvitationFilter, 'action' | 'status'>;
  readonly page: PageRequest;
}

/** Invitations to the address that the account's mailbox has proven, and all that is about the account, newest first. */
export async function listOwnInvitations(
  ctx: Context,
  { accountId, filter, page }: ListOwnInvitationsInput,
): Promise<Page<Invitation>> {
  const settings = await ctx.read.emailSettings.find(accountId);
  const addressee = { accountId, ...(settings?.verified && { emailKey: emailKeyOf(settings.email) }) };
  return ctx.read.invitations.list({ ...filter, addressee }, ctx.clock.now(), page);
}
