import type { Context, Readers } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import type { InvitationId, SiteId } from '../../kernel/ids.ts';
import type { Invitation } from './invitation.ts';

export interface NamedInvitation {
  readonly siteId: SiteId;
  readonly id: InvitationId;
}

/** The site's invitation. Throws NOT_FOUND, for that of another site too. */
export function findInvitation(ctx: Context, named: NamedInvitation): Promise<Invitation> {
  return invitationOf(ctx.read, named);
}

/** As `findInvitation`, also within a transaction. */
export async function invitationOf(
  read: Pick<Readers, 'invitations'>,
  { siteId, id }: NamedInvitation,
): Promise<Invitation> {
  const invitation = await read.invitations.find(id);
  if (invitation?.siteId !== siteId) throw new AppError('NOT_FOUND');
  return invitation;
}
