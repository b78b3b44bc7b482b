import type { Context, Readers } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import type { AccountId } from '../../kernel/ids.ts';
import { type AcceptInput, acceptInvitation } from './accept-invitation.ts';
import { type Invitation, statusOf } from './invitation.ts';

/**
 * Accepts the invitation with this code, for any account: the code proves the mailbox. Throws what
 * `findInvitationByCode` and `acceptInvitation` throw.
 */
export function activateInvitation(
  ctx: Context,
  { accountId, code }: { readonly accountId: AccountId; readonly code: string },
): Promise<Invitation> {
  return ctx.transaction(async (tx) => {
    const found = await findInvitationByCode(ctx, tx, code);
    return acceptInvitation(ctx, tx, { ...found, accountId });
  });
}

/**
 * Finds the invitation with this code; returns it with the code's hash. Throws WRONG_CODE and CODE_EXPIRED.
 */
export async function findInvitationByCode(
  ctx: Context,
  read: Pick<Readers, 'invitations'>,
  code: string,
): Promise<Required<Pick<AcceptInput, 'invitation' | 'codeHash'>>> {
  const codeHash = ctx.codes.hash(code);
  const invitation = await read.invitations.findByCode(codeHash);
  if (invitation === undefined) throw new AppError('WRONG_CODE');
  if (statusOf(invitation, ctx.clock) === 'expired') throw new AppError('CODE_EXPIRED');
  return { invitation, codeHash };
}
