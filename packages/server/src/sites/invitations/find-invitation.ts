import type { Context, Readers } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import type { InvitationId, SiteId } from '../../kernel/ids.ts';
import type { Invitation } from './invitation.ts';

export interface NamedInvitation {
  readonly siteId: SiteId;
  readonly id: InvitationId;
}

/** Finds an invitation of the site. Throws NOT_FOUND, also for another site's invitation. */
export function findInvitation(ctx: Context, named: NamedInvitation): Promise<Invitation> {
  return readInvitation(ctx.read, named);
}

/** Does what `findInvitation` does, also within a transaction. */
export async function readInvitation(
  read: Pick<Readers, 'invitations'>,
  { siteId, id }: NamedInvitation,
): Promise<Invitation> {
  const invitation = await read.invitations.find(id);
  if (invitation?.siteId !== siteId) throw new AppError('NOT_FOUND');
  return invitation;
}
