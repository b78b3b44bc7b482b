import type { Context, Readers } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import type { AccountId } from '../../kernel/ids.ts';
import { type Invitation, statusAt } from './invitation.ts';
import { type TakeUpInput, takeUpInvitation } from './take-up-invitation.ts';

/**
 * Takes up the invitation whose code it is, for any account: the code proves the mailbox. Throws what
 * `takeUpInvitation` throws.
 */
export function activateByCode(
  ctx: Context,
  { accountId, code }: { readonly accountId: AccountId; readonly code: string },
): Promise<Invitation> {
  return ctx.transaction(async (tx) => {
    const found = await findByCode(ctx, tx, code);
    return takeUpInvitation(ctx, tx, { ...found, accountId });
  });
}

/** The invitation whose code it is, with the code's hash. Throws WRONG_CODE and CODE_EXPIRED. */
export async function findByCode(
  ctx: Context,
  read: Pick<Readers, 'invitations'>,
  code: string,
): Promise<Required<Pick<TakeUpInput, 'invitation' | 'codeHash'>>> {
  const codeHash = ctx.codes.hash(code);
  const invitation = await read.invitations.findByCode(codeHash);
  if (invitation === undefined) throw new AppError('WRONG_CODE');
  if (statusAt(invitation, ctx.clock.now()) === 'expired') throw new AppError('CODE_EXPIRED');
  return { invitation, codeHash };
}
